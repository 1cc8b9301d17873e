package io.terrarium.kernel.tls;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates are believed: the authorities that Java trusts, and those of the
/// installation's own bundle.
public final class Trust {
  private static final String BUNDLE = "TFE_TLS_CA_BUNDLE";
  private static final Pattern CLASS_NAME = Pattern.compile("\\b([a-z]\\w*\\.)+\\w+Exception: ");

  private final String pem;

  private Trust(String pem) {
    this.pem = pem;
  }

  /// Without a bundle of one's own.
  public static Trust system() {
    return new Trust("");
  }

  /// With the authorities in `pem`.
  public static Trust with(String pem) {
    return new Trust(pem);
  }

  /// As the installation says; a bundle that holds no certificates is noted in `env`.
  public static Trust from(Env env) {
    Trust trust = new Trust(env.findSecret(BUNDLE).map(Secret::value).orElse(""));
    try {
      if (!trust.pem.isEmpty() && trust.bundle().isEmpty()) {
        env.problem(BUNDLE + "_FILE must hold certificates in PEM; it holds none");
      }
    } catch (CertificateException e) {
      env.problem(BUNDLE + "_FILE must hold certificates in PEM: " + e.getMessage());
    }
    return trust;
  }

  /// What a failed handshake says of itself, without the names of Java's classes.
  public static String plain(String reason) {
    return CLASS_NAME.matcher(reason).replaceAll("");
  }

  /// The bundle, empty where there is none.
  public String pem() {
    return pem;
  }

  /// For clients of servers that these authorities vouch for.
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  public X509TrustManager manager() {
    return x509(factory());
  }

  /// As [#manager], for those who want a factory of it.
  public TrustManagerFactory factory() {
    try {
      KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
      believed.load(null, null);
      int count = 0;
      for (Certificate authority : x509(factory(null)).getAcceptedIssuers()) {
        believed.setCertificateEntry("java-" + count++, authority);
      }
      for (Certificate authority : bundle()) {
        believed.setCertificateEntry("bundle-" + count++, authority);
      }
      return factory(believed);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the trusted certificates cannot be read", e);
    }
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static X509TrustManager x509(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new IllegalStateException("every JDK has a trust manager for X.509");
  }

  private Collection<? extends Certificate> bundle() throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
