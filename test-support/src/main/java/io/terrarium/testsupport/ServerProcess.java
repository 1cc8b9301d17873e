package io.terrarium.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server of the test's class path in a process of its own, with little memory. It ends with its
/// input, so that it never outlives the test that started it.
public final class ServerProcess implements AutoCloseable {
  private static final long LONGEST_SECONDS = 60;

  private final Process process;
  private final Path port;
  private final Path log;

  private ServerProcess(Process process, Path port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// Starts `program`, whose `main` takes the file for its port as its first argument and ends with
  /// [#serve].
  public static ServerProcess start(
      Class<?> program,
      int heapMegabytes,
      Path directory,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    Path port = directory.resolve("port");
    Path log = directory.resolve("log");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                port.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    ServerProcess server = new ServerProcess(builder.start(), port, log);
    try {
      Eventually.until(
          () -> program.getSimpleName() + " listens; it says " + server.log(),
          () -> Files.exists(port) || !server.process.isAlive());
      if (!Files.exists(port)) {
        throw new AssertionError(program.getSimpleName() + " ended: " + server.log());
      }
      return server;
    } catch (AssertionError e) {
      server.close();
      throw e;
    }
  }

  /// For the process itself: tells `port`, and returns once the test wants it to end.
  public static void serve(String portFile, int port) throws IOException {
    Path fresh = Path.of(portFile + ".new");
    Files.writeString(fresh, Integer.toString(port));
    Files.move(fresh, Path.of(portFile), StandardCopyOption.ATOMIC_MOVE);
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  public int port() throws IOException {
    return Integer.parseInt(Files.readString(port));
  }

  /// All that it has said so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
