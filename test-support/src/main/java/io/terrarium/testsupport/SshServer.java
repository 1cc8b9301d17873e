package io.terrarium.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real `sshd` with a configuration and keys of its own. Who shows [#privateKey] is let in as the
/// user that runs the test, and nobody else is.
public final class SshServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final Path SEPARATION = Path.of("/run/sshd");

  private final Path directory;
  private final int port;
  private final Process process;

  private SshServer(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /// Starts one in an empty directory.
  public static SshServer start(Path directory) {
    try {
      int port = FreePorts.any();
      Path host = key(directory.resolve("host"));
      Path user = key(directory.resolve("user"));
      if ("root".equals(System.getProperty("user.name"))) {
        Files.createDirectories(SEPARATION);
      }
      Path configuration = directory.resolve("sshd_config");
      Files.write(
          configuration,
          List.of(
              "ListenAddress 127.0.0.1:" + port,
              "HostKey " + host,
              "AuthorizedKeysFile " + user + ".pub",
              "StrictModes no",
              "UsePAM no",
              "PasswordAuthentication no",
              "KbdInteractiveAuthentication no",
              "PermitRootLogin prohibit-password",
              "PidFile none"));
      Process process =
          new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      SshServer server = new SshServer(directory, port, process);
      Eventually.until(
          () -> "sshd listens; it says " + server.read("log"),
          () -> server.isListening() || !process.isAlive());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path key(Path file) throws IOException {
    Process made =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
            .inheritIO()
            .start();
    try {
      if (made.waitFor() != 0) {
        throw new AssertionError("ssh-keygen failed");
      }
      return file;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private boolean isListening() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Where a repository is.
  public String url(Path repository) {
    return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository;
  }

  /// That lets one in.
  public String privateKey() {
    return read("user");
  }

  /// A line of `known_hosts` for this server.
  public String knownHost() {
    return "[127.0.0.1]:" + port + " " + read("host.pub");
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
