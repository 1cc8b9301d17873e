package io.terrarium.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// The mesh's own TLS certificates in `tls/`: an authority for ten years, a server certificate for
/// one, renewed at a start shortly before its end.
///
/// ```text
/// ca.pem          the authority alone, for those who trust nothing else
/// ca-bundle.pem   what this system trusts, and the authority
/// server.pem      the server's certificate and the authority's
/// server-key.pem, ca-key.pem    readable by the owner alone
/// ```
public final class LocalCertificates {
  private static final List<String> OWN_NAMES = List.of("localhost", "127.0.0.1", "::1");
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final List<Path> SYSTEM_BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private final Path directory;

  private LocalCertificates(Path directory) {
    this.directory = directory;
  }

  /// Makes what is missing or about to expire; the server answers to localhost and `moreNames`.
  public static LocalCertificates ensure(
      DataDirectory data, Collection<String> moreNames, InstantSource clock) {
    LocalCertificates certificates = new LocalCertificates(data.directory("tls"));
    Set<String> names = new LinkedHashSet<>(OWN_NAMES);
    names.addAll(moreNames);
    CertificateAuthority authority = certificates.authority(clock);
    certificates.ensureServer(authority, List.copyOf(names), clock);
    PrivateFile.write(
        certificates.bundle(), systemRoots() + "\n" + PrivateFile.read(certificates.authority()));
    return certificates;
  }

  public Path authority() {
    return directory.resolve("ca.pem");
  }

  public Path bundle() {
    return directory.resolve("ca-bundle.pem");
  }

  public Path server() {
    return directory.resolve("server.pem");
  }

  public Path serverKey() {
    return directory.resolve("server-key.pem");
  }

  private Path authorityKey() {
    return directory.resolve("ca-key.pem");
  }

  private CertificateAuthority authority(InstantSource clock) {
    if (Files.exists(authority()) && Files.exists(authorityKey())) {
      X509Certificate certificate = readCertificate(authority());
      if (lastsLongEnough(certificate, clock)) {
        return new CertificateAuthority(readKey(authorityKey()), certificate);
      }
    }
    CertificateAuthority fresh = CertificateAuthority.create(clock.instant());
    PrivateFile.write(authorityKey(), CertificateAuthority.pem(fresh.key()));
    PrivateFile.write(authority(), CertificateAuthority.pem(fresh.certificate()));
    return fresh;
  }

  private void ensureServer(
      CertificateAuthority authority, List<String> names, InstantSource clock) {
    if (Files.exists(server()) && Files.exists(serverKey())) {
      X509Certificate current = readCertificate(server());
      if (lastsLongEnough(current, clock)
          && isSignedBy(current, authority)
          && namesOf(current).containsAll(names)) {
        return;
      }
    }
    CertificateAuthority.Issued issued = authority.issue(names, clock.instant());
    PrivateFile.write(serverKey(), CertificateAuthority.pem(issued.key()));
    PrivateFile.write(
        server(),
        CertificateAuthority.pem(issued.certificate())
            + CertificateAuthority.pem(authority.certificate()));
  }

  private static boolean lastsLongEnough(X509Certificate certificate, InstantSource clock) {
    return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWED_BEFORE));
  }

  private static boolean isSignedBy(X509Certificate certificate, CertificateAuthority authority) {
    try {
      certificate.verify(authority.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static List<String> namesOf(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives =
          Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
      List<String> names = new ArrayList<>();
      for (List<?> alternative : alternatives) {
        String name = String.valueOf(alternative.get(1));
        names.add(name.equals("0:0:0:0:0:0:0:1") ? "::1" : name);
      }
      return List.copyOf(names);
    } catch (GeneralSecurityException _) {
      return List.of();
    }
  }

  private static X509Certificate readCertificate(Path file) {
    try {
      byte[] text = PrivateFile.read(file).getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(text));
    } catch (GeneralSecurityException e) {
      throw new EmbeddedFault(file + " is not a certificate: delete it to get a new one", e);
    }
  }

  private static PrivateKey readKey(Path file) {
    try (PEMParser parser = new PEMParser(new StringReader(PrivateFile.read(file)))) {
      if (parser.readObject() instanceof PrivateKeyInfo key) {
        return new JcaPEMKeyConverter().getPrivateKey(key);
      }
      throw new IOException("no private key in it");
    } catch (IOException e) {
      throw new EmbeddedFault(file + " is not a private key: delete it to get a new one", e);
    }
  }

  /// The system's bundle, else what Java trusts.
  private static String systemRoots() {
    for (Path bundle : SYSTEM_BUNDLES) {
      if (Files.isReadable(bundle)) {
        return PrivateFile.read(bundle);
      }
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
      StringBuilder roots = new StringBuilder();
      for (X509Certificate root : trust.getAcceptedIssuers()) {
        roots.append(CertificateAuthority.pem(root));
      }
      return roots.toString();
    } catch (GeneralSecurityException e) {
      throw new EmbeddedFault("cannot read the certificates that Java trusts", e);
    }
  }
}
