package io.terrarium.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A running Terraform Enterprise with an organization for the tests of one class.
public final class Terrarium {
  /// As `terraform-version` of a workspace: its runs are played from the `terrarium-script.json` of
  /// their configuration, and no Terraform runs.
  public static final String SCRIPTED = "1.11.4+scripted";

  private final Access access;
  private final String organization;
  private final Path cliConfiguration;

  Terrarium(Access access, String organization, Path cliConfiguration) {
    this.access = access;
    this.organization = organization;
    this.cliConfiguration = cliConfiguration;
  }

  /// Such as `https://127.0.0.1:34567`.
  public URI address() {
    return access.address();
  }

  /// As a configuration names it, such as `127.0.0.1:34567`.
  public String host() {
    return access.address().getRawAuthority();
  }

  /// Name of the organization, which is gone after the last test of the class.
  public String organization() {
    return organization;
  }

  /// A user's API token, with all rights in the organization.
  public String token() {
    return access.token();
  }

  /// The certificate, in PEM, of the authority that the address is to be trusted by.
  public Path authority() {
    return access.caFile();
  }

  /// Trusts the address, for Java's clients.
  public SSLContext sslContext() {
    try (InputStream in = Files.newInputStream(authority())) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("terrarium", certificate);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new TerrariumFault("The certificate of the mesh cannot be used: " + e.getMessage(), e);
    }
  }

  /// Environment variables for `terraform`, whose `cloud` block then needs its workspaces alone,
  /// and for programs on top of the Go client or the `tfe` provider.
  public Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("CHECKPOINT_DISABLE", "1"),
        Map.entry("SSL_CERT_FILE", access.caBundle().toString()),
        Map.entry("TF_CLI_CONFIG_FILE", cliConfiguration.toString()),
        Map.entry("TF_CLOUD_HOSTNAME", host()),
        Map.entry("TF_CLOUD_ORGANIZATION", organization),
        Map.entry("TFE_ADDRESS", access.address().toString()),
        Map.entry("TFE_HOSTNAME", host()),
        Map.entry("TFE_ORGANIZATION", organization),
        Map.entry("TFE_TOKEN", access.token()));
  }

  /// Without the token.
  @Override
  public String toString() {
    return address() + "/" + organization;
  }
}
