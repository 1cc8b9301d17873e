package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The data of one PostgreSQL server and the programs that make, start and stop it.
final class PostgresCluster {
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private static final String WHO_MAY_CONNECT =
      """
      # Written at each start; nobody comes in without a password.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private final PostgresBinaries binaries;
  private final Path directory;
  private final Path log;

  PostgresCluster(PostgresBinaries binaries, Path directory, Path log) {
    this.binaries = binaries;
    this.directory = directory;
    this.log = log;
  }

  /// Stops a server on this data that a killed process has left behind, and forgets one that was
  /// killed.
  void stopOrphan() {
    stop();
    Path pidFile = directory.resolve("postmaster.pid");
    if (Files.exists(pidFile)) {
      awaitEndOfSessions();
      // Its pid may be a stranger's by now, or of a dead process whose parent has not looked, and
      // PostgreSQL would refuse to start for either.
      delete(pidFile);
    }
  }

  // Sessions outlive their killed server for a moment and may write until then. The programs are
  // this data directory's own, so whoever runs them is such a session.
  private void awaitEndOfSessions() {
    if (!Patience.until(STOP_LIMIT, () -> sessions().isEmpty())) {
      sessions().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private List<ProcessHandle> sessions() {
    return Orphan.running("postgres", binaries.directory());
  }

  /// Makes the cluster with one superuser, unless it is there.
  void initialize(String superuser, Secret password) {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path fresh = directory.resolveSibling(directory.getFileName() + ".new");
    Path passwordFile = directory.resolveSibling("password.new");
    PrivateFile.deleteTree(fresh);
    PrivateFile.write(passwordFile, password.value() + "\n");
    try {
      run(
          INITDB_LIMIT,
          binaries.program("initdb"),
          "--pgdata=" + fresh,
          "--username=" + superuser,
          "--pwfile=" + passwordFile,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--no-instructions");
    } finally {
      delete(passwordFile);
    }
    PrivateFile.publish(fresh, directory);
  }

  /// Starts the server and waits until it takes connections.
  void start(int port) {
    PrivateFile.write(directory.resolve("postgresql.conf"), settings(port));
    PrivateFile.write(directory.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
    run(
        START_LIMIT.plusSeconds(5),
        binaries.program("pg_ctl"),
        "start",
        "--pgdata=" + directory,
        "--log=" + log,
        "--wait",
        "--timeout=" + START_LIMIT.toSeconds());
  }

  /// The process that all others of the server come from, if it is there.
  Optional<ProcessHandle> server() {
    return Orphan.find(directory.resolve("postmaster.pid"), binaries.directory());
  }

  /// Ends sessions, writes all that is owed to disk, and stops, if it runs at all.
  ///
  /// One that takes too long is killed: its log makes good at the next start what is not written.
  void stop() {
    server()
        .ifPresent(server -> {
          askToStop();
          Orphan.awaitEnd(server, STOP_LIMIT);
        });
  }

  // Without waiting there: pg_ctl takes a server that was killed for a living one until its parent
  // has looked, which nothing promises.
  private void askToStop() {
    try {
      run(
          STOP_LIMIT,
          binaries.program("pg_ctl"),
          "stop",
          "--pgdata=" + directory,
          "--mode=fast",
          "--no-wait");
    } catch (EmbeddedFault e) {
      if (server().isPresent()) {
        throw e;
      }
    }
  }

  // PostgreSQL refuses to run as root. In a user namespace of its own it runs as nobody, while its
  // files stay root's.
  private void run(Duration limit, String... program) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.addAll(List.of(program));
    try {
      ChildCommand.run(command, log, limit);
    } catch (EmbeddedFault e) {
      if (isRoot() && ChildCommand.lastLine(log).contains("unshare")) {
        throw new EmbeddedFault(
            "PostgreSQL does not run as root, and user namespaces are refused here: run as a normal user",
            e);
      }
      throw e;
    }
  }

  /// Tuned for one laptop: durable, but small. Two nodes stay under these connections.
  private static String settings(int port) {
    return """
    # Written at each start; changes here are lost.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    max_connections = 100
    shared_buffers = 32MB
    io_method = sync
    jit = off
    fsync = on
    synchronous_commit = on
    min_wal_size = 32MB
    max_wal_size = 256MB
    timezone = 'UTC'
    log_timezone = 'UTC'
    """
        .formatted(port);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new EmbeddedFault("cannot delete " + file + ": remove it by hand", e);
    }
  }
}
