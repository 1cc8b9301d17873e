package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCertificatesIT {
  private static final Instant TODAY = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;
  private DataDirectory data;

  @BeforeEach
  void open() {
    data = DataDirectory.open(directory);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Nested
  class The_server_certificate {
    @Test
    void answers_to_every_name_of_this_machine_and_the_given_ones() throws Exception {
      X509Certificate server = read(ensure(TODAY, "terrarium.example").server());

      assertThat(server.getSubjectAlternativeNames().stream().map(n -> n.get(1).toString()))
          .containsExactlyInAnyOrder(
              "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "terrarium.example");
    }

    @Test
    void lives_as_long_as_browsers_allow() throws Exception {
      X509Certificate server = read(ensure(TODAY).server());

      assertThat(server.getNotAfter().toInstant()).isEqualTo(TODAY.plus(Duration.ofDays(397)));
    }

    @Test
    void stays_the_same_while_it_is_good() throws Exception {
      X509Certificate before = read(ensure(TODAY).server());

      X509Certificate after = read(ensure(TODAY.plus(Duration.ofDays(300))).server());

      assertThat(after).isEqualTo(before);
    }

    @Test
    void is_renewed_under_the_same_authority_when_its_end_is_near() throws Exception {
      LocalCertificates certificates = ensure(TODAY);
      X509Certificate before = read(certificates.server());
      X509Certificate authority = read(certificates.authority());

      X509Certificate after = read(ensure(TODAY.plus(Duration.ofDays(380))).server());

      after.verify(authority.getPublicKey());
      assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
      assertThat(read(certificates.authority())).isEqualTo(authority);
    }
  }

  @Nested
  class The_bundle {
    @Test
    void holds_our_authority_beside_the_system_s() throws Exception {
      LocalCertificates certificates = ensure(TODAY);

      String bundle = Files.readString(certificates.bundle());

      assertThat(bundle).endsWith(Files.readString(certificates.authority()));
      assertThat(bundle.split("BEGIN CERTIFICATE", -1)).hasSizeGreaterThan(10);
    }
  }

  @Nested
  class The_keys {
    @Test
    void are_the_owner_s_alone() throws Exception {
      LocalCertificates certificates = ensure(TODAY);

      String permissions =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates.serverKey()));

      assertThat(permissions).isEqualTo("rw-------");
    }
  }

  private LocalCertificates ensure(Instant now, String... moreNames) {
    return LocalCertificates.ensure(data, List.of(moreNames), InstantSource.fixed(now));
  }

  private static X509Certificate read(Path file) throws Exception {
    try (InputStream pem = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
