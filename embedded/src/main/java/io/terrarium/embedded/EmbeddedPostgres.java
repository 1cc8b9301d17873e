package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;

/// A real PostgreSQL server on this machine, with one role and one database of ours.
public final class EmbeddedPostgres implements AutoCloseable {
  public static final int PREFERRED_PORT = 5432;

  private static final String SUPERUSER = "postgres";
  private static final String NAME = "terrarium";
  // A server of another major version cannot read this data, so the version is part of the path.
  private static final String MAJOR_VERSION = "18";

  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_CATALOG_NAME = "3D000";

  private final PostgresCluster cluster;
  private final int port;
  private final Secret password;
  private final ServerWatch watch;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(PostgresCluster cluster, int port, Secret password) {
    this.cluster = cluster;
    this.port = port;
    this.password = password;
    watch = ServerWatch.begin("postgres", cluster::server, this::startAgain);
  }

  /// Starts the server on the data of before, or on a new cluster.
  public static EmbeddedPostgres start(DataDirectory data) {
    PostgresBinaries binaries = PostgresBinaries.unpackedIn(data.directory("bin"));
    Path directory = data.directory("postgres").resolve(MAJOR_VERSION);
    PostgresCluster cluster =
        new PostgresCluster(binaries, directory, data.directory("log").resolve("postgres.log"));
    cluster.stopOrphan();
    Secret superuserPassword = data.secret("postgres_superuser_password");
    cluster.initialize(SUPERUSER, superuserPassword);
    int port = data.port("postgres", PREFERRED_PORT);
    cluster.start(port);
    EmbeddedPostgres postgres =
        new EmbeddedPostgres(cluster, port, data.secret("postgres_password"));
    try {
      postgres.ensureDatabase(superuserPassword);
      return postgres;
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private void startAgain() {
    cluster.stopOrphan();
    cluster.start(port);
  }

  public String host() {
    return Loopback.HOST;
  }

  public int port() {
    return port;
  }

  public String database() {
    return NAME;
  }

  public String username() {
    return NAME;
  }

  public Secret password() {
    return password;
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host(), port, NAME);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      watch.close();
      cluster.stop();
    }
  }

  // A kill between the steps leaves some of them undone, so each start looks.
  private void ensureDatabase(Secret superuserPassword) {
    try (Connection _ = connect(NAME, NAME, password)) {
      return;
    } catch (SQLException e) {
      if (!isMissing(e)) {
        throw new EmbeddedFault("cannot connect to PostgreSQL on port " + port, e);
      }
    }
    try (Connection connection = connect("postgres", SUPERUSER, superuserPassword);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS " + NAME);
      statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(NAME, password.value()));
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(NAME, NAME));
    } catch (SQLException e) {
      throw new EmbeddedFault("cannot create the database " + NAME, e);
    }
  }

  // A role that is not there fails like one with another password.
  private static boolean isMissing(SQLException e) {
    return INVALID_PASSWORD.equals(e.getSQLState()) || INVALID_CATALOG_NAME.equals(e.getSQLState());
  }

  private Connection connect(String database, String user, Secret secret) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host()});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    return source.getConnection(user, secret.value());
  }
}
