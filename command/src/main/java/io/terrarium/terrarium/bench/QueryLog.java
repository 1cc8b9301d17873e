package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/// Counts the queries of a service, by PostgreSQL's own log: the mesh is thrown away, so its server
/// may write down every statement for a moment, with the name that each service gives itself there.
final class QueryLog implements AutoCloseable {
  private static final int TIMES = 20;
  private static final long HEARD_MILLIS = 1_000;

  private final Path data;

  private QueryLog(Path data) {
    this.data = data;
  }

  /// Until it is closed, the mesh on `data` writes down each statement.
  static QueryLog open(Workbench bench, Path data) {
    QueryLog queries = new QueryLog(data);
    queries.configure("log_line_prefix = '%a|'", "log_statement = 'all'");
    // Each process of the server hears of it when it is asked next.
    bench.pause(HEARD_MILLIS);
    return queries;
  }

  /// How many queries `service` sends each time that `work` is done; what begins and ends a
  /// transaction is none.
  double each(String service, Runnable work) {
    Pattern query =
        Pattern.compile(
            "(?m)^"
                + Pattern.quote(service)
                + "\\|LOG: +execute [^:]+: (?!BEGIN|COMMIT|ROLLBACK|SET|SHOW)");
    try {
      work.run();
      long begin = Files.size(log());
      for (int i = 0; i < TIMES; i++) {
        work.run();
      }
      String written =
          new String(Files.readAllBytes(log()), StandardCharsets.UTF_8)
              .substring(Math.toIntExact(begin));
      return (double) query.matcher(written).results().count() / TIMES;
    } catch (IOException e) {
      throw new MeshFault("the log of PostgreSQL cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    configure("log_line_prefix = DEFAULT", "log_statement = DEFAULT");
  }

  private Path log() {
    return data.resolve("log").resolve("postgres.log");
  }

  private void configure(String... settings) {
    MeshData mesh = new MeshData(data);
    String url = "jdbc:postgresql://127.0.0.1:" + mesh.port("postgres") + "/postgres";
    try (Connection connection =
            DriverManager.getConnection(
                url, "postgres", mesh.secret("postgres_superuser_password").value());
        Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute("ALTER SYSTEM SET " + setting);
      }
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new MeshFault("PostgreSQL cannot be told to log queries: " + e.getMessage(), e);
    }
  }
}
