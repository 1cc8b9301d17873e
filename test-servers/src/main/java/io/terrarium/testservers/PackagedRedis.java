package io.terrarium.testservers;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.redis.RedisConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Redis, where its package is on this machine.
final class PackagedRedis {
  private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private PackagedRedis() {}

  static Optional<BackingServer<RedisConfig>> start() {
    if (!Files.isExecutable(PROGRAM)) {
      return Optional.empty();
    }
    Place place = Place.fresh("redis");
    int port = Place.anyFreePort();
    Secret password = new Secret(Tokens.hex(16));
    Path file =
        place.write(
            "redis.conf",
            """
            bind 127.0.0.1
            port %d
            requirepass %s
            dir "%s"
            appendonly yes
            appendfsync always
            save ""
            """
                .formatted(port, password.value(), place.directory()));
    RedisConfig config = new RedisConfig("127.0.0.1", port, password, false);
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

  static boolean isPong(RedisConfig config) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), config.port())) {
      String question =
          "AUTH %s\r\nPING\r\n"
              .formatted(Optional.ofNullable(config.password()).orElseThrow().value());
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
          .equals("+OK\r\n+PONG\r\n");
    } catch (IOException _) {
      return false;
    }
  }
}
