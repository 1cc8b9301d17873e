package io.terrarium.testsupport.installed;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL of this machine's packages that takes TLS and a password alone.
public final class InstalledPostgres implements AutoCloseable {
  public static final String USER = "terrarium";
  public static final String DATABASE = "terrarium";
  public static final String PASSWORD = "a-password-of-postgres";

  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private final Process server;
  private final Path directory;
  private final int port;

  private InstalledPostgres(Process server, Path directory, int port) {
    this.server = server;
    this.directory = directory;
    this.port = port;
  }

  /// Where the programs of the newest version are; empty where none is installed.
  public static Optional<Path> programs() {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
          .max(Comparator.comparingInt(InstalledPostgres::version))
          .map(version -> version.resolve("bin"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int version(Path directory) {
    return Integer.parseInt(directory.toFile().getName().replaceAll("\\D.*", ""));
  }

  public static InstalledPostgres start(Certificates certificates) {
    try {
      Path programs = programs().orElseThrow();
      // Of another user, so not below the test's own directory.
      Path directory = Files.createTempDirectory("postgres");
      copy(certificates.server(), directory.resolve("server.pem"));
      copy(certificates.serverKey(), directory.resolve("server.key"));
      Tool.giveAway(directory);
      Path data = directory.resolve("data");
      Tool.runAsService(
          directory,
          programs.resolve("initdb").toString(),
          "-D",
          data.toString(),
          "-U",
          "postgres",
          "-A",
          "trust",
          "--no-sync");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n");
      int port = freePort();
      InstalledPostgres postgres =
          new InstalledPostgres(serve(programs, directory, data, port), directory, port);
      postgres.makeDatabase();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process serve(Path programs, Path directory, Path data, int port) {
    return Tool.serve(
        directory,
        directory.resolve("log"),
        programs.resolve("postgres").toString(),
        "-D",
        data.toString(),
        "-p",
        Integer.toString(port),
        "-k",
        directory.toString(),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "fsync=off",
        "-c",
        "ssl=on",
        "-c",
        "ssl_cert_file=" + directory + "/server.pem",
        "-c",
        "ssl_key_file=" + directory + "/server.key");
  }

  private void makeDatabase() {
    Eventually.until(
        "postgres listens",
        () -> Files.exists(directory.resolve(".s.PGSQL." + port)) || !server.isAlive());
    Eventually.until("postgres takes commands", () -> isReady());
    sql("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
    sql("CREATE DATABASE " + DATABASE + " OWNER " + USER);
  }

  private boolean isReady() {
    try {
      sql("SELECT 1");
      return true;
    } catch (IllegalStateException notYet) {
      if (!server.isAlive()) {
        throw notYet;
      }
      return false;
    }
  }

  /// As the superuser.
  public void sql(String statement) {
    Tool.run(
        directory,
        "psql",
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        directory.toString(),
        "-p",
        Integer.toString(port),
        "-U",
        "postgres",
        "-d",
        "postgres",
        "-c",
        statement);
  }

  /// As a setting names it.
  public String host() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    Tool.stop(server);
    Tool.run(Path.of("/"), "rm", "-rf", directory.toString());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
  }
}
