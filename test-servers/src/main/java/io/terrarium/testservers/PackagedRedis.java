package io.terrarium.testservers;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.tls.Trust;
import io.terrarium.testsupport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Redis, where its package is on this machine.
final class PackagedRedis {
  private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private PackagedRedis() {}

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static Optional<BackingServer<RedisConfig>> start() {
    return start(null, "");
  }

  /// Takes clients over TLS alone.
  ///
  /// @param settings more lines of redis.conf
  static Optional<BackingServer<RedisConfig>> startWithTls(
      Certificates certificates, String settings) {
    return start(certificates, settings);
  }

  private static Optional<BackingServer<RedisConfig>> start(
      @Nullable Certificates tls, String settings) {
    if (!isInstalled()) {
      return Optional.empty();
    }
    Place place = Place.fresh("redis");
    int port = FreePorts.any();
    RedisConfig config =
        new RedisConfig(
            "127.0.0.1",
            port,
            null,
            new Secret(Tokens.hex(16)),
            tls != null,
            tls == null ? Trust.system() : tls.trust());
    Path file =
        place.write(
            "redis.conf",
            """
            bind 127.0.0.1
            %s
            requirepass %s
            dir "%s"
            appendonly yes
            appendfsync always
            save ""
            %s
            """
                .formatted(listener(port, tls), secret(config), place.directory(), settings));
    return Optional.of(
        PackagedServer.start(
            new PackagedServer.Plan(
                "Redis of " + PROGRAM,
                place.directory(),
                List.of(PROGRAM.toString(), file.toString()),
                Map.of(),
                "KILL",
                () -> isPong(config)),
            config));
  }

  private static String listener(int port, @Nullable Certificates tls) {
    return tls == null
        ? "port " + port
        : """
        port 0
        tls-port %d
        tls-cert-file %s
        tls-key-file %s
        tls-ca-cert-file %s
        tls-auth-clients no
        """
            .formatted(port, tls.server(), tls.serverKey(), tls.authority());
  }

  static boolean isPong(RedisConfig config) {
    try (Socket socket = sockets(config).createSocket(LOOPBACK, config.port())) {
      String question = "AUTH %s\r\nPING\r\n".formatted(secret(config));
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
          .equals("+OK\r\n+PONG\r\n");
    } catch (IOException _) {
      return false;
    }
  }

  private static SocketFactory sockets(RedisConfig config) {
    return config.tls() ? config.trust().context().getSocketFactory() : SocketFactory.getDefault();
  }

  private static String secret(RedisConfig config) {
    return Optional.ofNullable(config.password()).orElseThrow().value();
  }
}
