package io.terrarium.testsupport.installed;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A Redis of this machine's packages that takes TLS and a password alone.
public final class InstalledRedis implements AutoCloseable {
  public static final String PASSWORD = "a-password-of-redis";

  /// Of its access control list, with all rights.
  public static final String USER = "mesh";

  public static final String USER_PASSWORD = "a-password-of-mesh";

  private final Process server;
  private final int port;

  private InstalledRedis(Process server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Whether its program is on the path.
  public static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "redis-server")));
  }

  public static InstalledRedis start(Path parent, Certificates certificates) {
    try {
      Path directory = Files.createTempDirectory(parent, "redis");
      int port = InstalledPostgres.freePort();
      Path settings =
          Files.writeString(
              directory.resolve("redis.conf"),
              """
              bind 127.0.0.1
              port 0
              tls-port %d
              tls-cert-file %s
              tls-key-file %s
              tls-ca-cert-file %s
              tls-auth-clients no
              dir %s
              save ""
              requirepass %s
              user %s on ~* &* +@all >%s
              """
                  .formatted(
                      port,
                      certificates.server(),
                      certificates.serverKey(),
                      certificates.authority(),
                      directory,
                      PASSWORD,
                      USER,
                      USER_PASSWORD));
      Process server =
          new ProcessBuilder("setpriv", "--pdeathsig", "INT", "redis-server", settings.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      InstalledRedis redis = new InstalledRedis(server, port);
      Eventually.until("redis listens", () -> redis.isListening() || !server.isAlive());
      if (!server.isAlive()) {
        throw new AssertionError("redis ended: " + Files.readString(directory.resolve("log")));
      }
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isListening() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// As a setting names it.
  public String host() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    Tool.stop(server);
  }
}
