package io.terrarium.testservers;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.testsupport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// PostgreSQL, where its package is on this machine: the newest version of those that are.
final class PackagedPostgres {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  /// Whom PostgreSQL runs as where we are root, which it refuses to be.
  private static final String UNPRIVILEGED = "postgres";

  private PackagedPostgres() {}

  static boolean isInstalled() {
    return newestPostgres().isPresent();
  }

  /// The superuser's own database is the one that it offers.
  static Optional<BackingServer<DatabaseConfig>> start(int connectionsMax) {
    return start(connectionsMax, null);
  }

  /// The same, which takes clients over TLS alone.
  static Optional<BackingServer<DatabaseConfig>> startWithTls(
      int connectionsMax, Certificates certificates) {
    return start(connectionsMax, certificates);
  }

  private static Optional<BackingServer<DatabaseConfig>> start(
      int connectionsMax, @Nullable Certificates tls) {
    Optional<Path> programs = newestPostgres();
    if (programs.isEmpty()) {
      return Optional.empty();
    }
    Place place = Place.fresh("postgres");
    int port = FreePorts.any();
    DatabaseConfig config =
        new DatabaseConfig(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
            "postgres",
            new Secret(Tokens.hex(16)),
            tls == null
                ? Map.of()
                : Map.of("sslmode", "verify-full", "sslrootcert", tls.authority().toString()),
            connectionsMax);
    Path data = place.directory().resolve("data");
    String settings = settings(place, port, tls);
    initialize(place, programs.get(), data, config.password());
    place.append(data.resolve("postgresql.conf"), settings);
    if (tls != null) {
      place.write("data/pg_hba.conf", "hostssl all all 127.0.0.1/32 scram-sha-256\n");
    }
    List<String> command = new ArrayList<>(unprivileged());
    command.addAll(List.of(programs.get().resolve("postgres").toString(), "-D", data.toString()));
    return Optional.of(
        PackagedServer.start(
            new PackagedServer.Plan(
                "PostgreSQL of " + programs.get(),
                place.directory(),
                command,
                Map.of(),
                // Its children are in groups of their own: it ends them, without any good-bye.
                "QUIT",
                () -> takesConnections(config)),
            config));
  }

  /// The keys must be in its place before that becomes another user's.
  private static String settings(Place place, int port, @Nullable Certificates tls) {
    String settings =
        """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        """
            .formatted(port);
    return tls == null
        ? settings
        : settings
            + """
            ssl = on
            ssl_cert_file = '%s'
            ssl_key_file = '%s'
            """
                .formatted(place.keep(tls.server()), place.keep(tls.serverKey()));
  }

  private static void initialize(Place place, Path programs, Path data, Secret password) {
    Path passwordFile = place.write("password", password.value());
    if (!unprivileged().isEmpty()) {
      place.giveTo(UNPRIVILEGED);
    }
    List<String> command = new ArrayList<>(unprivileged());
    command.addAll(
        List.of(
            programs.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=postgres",
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync"));
    place.run(command);
  }

  private static List<String> unprivileged() {
    return "root".equals(System.getProperty("user.name"))
        ? List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED, "--clear-groups")
        : List.of();
  }

  private static Optional<Path> newestPostgres() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(programs -> Files.isExecutable(programs.resolve("postgres")))
          .max(Comparator.comparingInt(PackagedPostgres::major));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int major(Path programs) {
    return Integer.parseInt(programs.getName(programs.getNameCount() - 2).toString());
  }

  static boolean takesConnections(DatabaseConfig config) {
    try (Connection connection = connect(config)) {
      return connection.isValid(5);
    } catch (SQLException _) {
      return false;
    }
  }

  static Connection connect(DatabaseConfig config) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(config.parameters());
    properties.put("user", config.user());
    properties.put("password", config.password().value());
    return DriverManager.getConnection(config.url(), properties);
  }
}
