package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.runtime.Parts;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A real Redis that speaks TLS, whose authority Java trusts or not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTlsIT {
  private static final String TRUST = "javax.net.ssl.trustStore";

  private final Parts parts = new Parts("redis with TLS");
  private Path trusted;
  private RedisConfig config;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    DataDirectory data = parts.add(DataDirectory.open(directory.resolve("data")));
    LocalCertificates certificates = LocalCertificates.ensure(data, List.of(), Clock.systemUTC());
    trusted = trust(certificates.authority(), directory.resolve("trusted.jks"));
    int port = Place.anyFreePort();
    RedisConfig plain =
        parts
            .add(
                RealServers.redisWith(
                    """
                    tls-port %d
                    tls-cert-file "%s"
                    tls-key-file "%s"
                    tls-auth-clients no
                    """
                        .formatted(port, certificates.server(), certificates.serverKey())))
            .config();
    config = new RedisConfig(plain.host(), port, plain.password(), true);
  }

  @AfterAll
  void stop() {
    System.clearProperty(TRUST);
    parts.close();
  }

  @Test
  void is_spoken_to_where_its_authority_is_trusted() {
    System.setProperty(TRUST, trusted.toString());

    try (Redis redis = Redis.open(config, "tls-it", Duration.ofSeconds(20))) {
      assertThat(redis.call(Command.of("PING")).text()).isEqualTo("PONG");
    }
  }

  @Test
  void is_refused_where_its_authority_is_a_stranger() {
    System.clearProperty(TRUST);

    assertThatThrownBy(() -> Redis.open(config, "tls-it", Duration.ZERO))
        .isInstanceOf(RedisFault.class);
  }

  private static Path trust(Path authority, Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    try (InputStream certificate = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      // Of this kind Java reads the certificates without a password.
      store.store(out, new char[0]);
    }
    return file;
  }
}
