package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/// A real Redis server on this machine, which keeps an append-only file.
public final class EmbeddedRedis implements AutoCloseable {
  public static final int PREFERRED_PORT = 6379;

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final Duration READY_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path pidFile;
  private final Path programs;
  private final Path log;
  private final int port;
  private final Secret password;
  private final AtomicBoolean closed = new AtomicBoolean();
  // Begins with the first launch, so it comes from there.
  private final AtomicReference<ServerWatch> watch = new AtomicReference<>();

  private EmbeddedRedis(Path pidFile, Path programs, Path log, int port, Secret password) {
    this.pidFile = pidFile;
    this.programs = programs;
    this.log = log;
    this.port = port;
    this.password = password;
  }

  /// Starts the server on the data of before.
  public static EmbeddedRedis start(DataDirectory data) {
    Path programs = data.directory("bin/redis");
    Path directory = data.directory("redis");
    Path pidFile = directory.resolve("redis.pid");
    Path log = data.directory("log").resolve("redis.log");
    stopRunning(pidFile, programs);
    Path program = unpack(programs);
    int port = data.port("redis", PREFERRED_PORT);
    EmbeddedRedis redis =
        new EmbeddedRedis(pidFile, programs, log, port, data.secret("redis_password"));
    Path settings = directory.resolve("redis.conf");
    PrivateFile.write(settings, redis.settings(data.directory("redis/6")));
    redis.launch(program, settings);
    redis.watch.set(
        ServerWatch.begin(
            "redis", () -> Orphan.find(pidFile, programs), () -> redis.launch(program, settings)));
    return redis;
  }

  public String host() {
    return Loopback.HOST;
  }

  public int port() {
    return port;
  }

  public Secret password() {
    return password;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ServerWatch begun = watch.get();
      if (begun != null) {
        begun.close();
      }
      stopRunning(pidFile, programs);
    }
  }

  /// Redis writes what it owes on a plain termination signal.
  private static void stopRunning(Path pidFile, Path programs) {
    Orphan.find(pidFile, programs)
        .ifPresent(server -> {
          server.destroy();
          Orphan.awaitEnd(server, STOP_LIMIT);
        });
  }

  private static Path unpack(Path programs) {
    OsArchitecture platform = OsArchitecture.detectOSandArchitecture();
    String resource = ExecutableProvider.newProvidedVersionsMap().get(platform);
    if (resource == null) {
      throw new EmbeddedFault("no Redis comes along for this platform: use an external one");
    }
    Path program = programs.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    if (Files.exists(program)) {
      return program;
    }
    Path fresh = PrivateFile.directory(programs.resolve("redis.new"));
    try {
      File unpacked = ExecutableProvider.newJarResourceProvider(fresh.toFile()).get();
      PrivateFile.publish(unpacked.toPath(), program);
      return program;
    } catch (IOException e) {
      throw new EmbeddedFault(
          "cannot unpack Redis into %s: free some space".formatted(programs), e);
    } finally {
      PrivateFile.deleteTree(fresh);
    }
  }

  /// The password stands here and not among the arguments, which every user of the machine can
  /// read.
  private String settings(Path directory) {
    return """
    # Written at each start; changes here are lost.
    bind 127.0.0.1
    port %d
    requirepass %s
    daemonize yes
    dir "%s"
    pidfile "%s"
    logfile "%s"
    loglevel notice
    appendonly yes
    appendfsync everysec
    save ""
    """
        .formatted(port, password.value(), directory, pidFile, log);
  }

  private void launch(Path program, Path settings) {
    ChildCommand.run(List.of(program.toString(), settings.toString()), log, COMMAND_LIMIT);
    if (!Patience.until(READY_LIMIT, this::answers)) {
      stopRunning(pidFile, programs);
      throw new EmbeddedFault(
          "Redis does not answer on port %d: %s (all of it in %s)"
              .formatted(port, ChildCommand.lastLine(log), log));
    }
  }

  /// Asks over the wire, since the server is another's child by now; it loads its data first.
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Loopback.address(), port), 1000);
      socket.setSoTimeout(1000);
      socket
          .getOutputStream()
          .write(
              "AUTH %s\r\nPING\r\n"
                  .formatted(password.value())
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return "+OK".equals(replies.readLine()) && "+PONG".equals(replies.readLine());
    } catch (IOException _) {
      return false;
    }
  }
}
