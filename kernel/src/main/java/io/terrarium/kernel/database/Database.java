package io.terrarium.kernel.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.terrarium.kernel.metrics.Measured;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;

/// A pool of connections to one schema, and transactions over it.
public final class Database implements AutoCloseable, Measured {
  private static final String DEADLOCK = "40P01";
  private static final int DEADLOCKS_MAX = 5;
  private static final long CONNECT_MILLIS_MAX = 30_000;
  private static final String CONNECT_SECONDS_MAX = "10";

  /// How long a statement may be silent; a server that is gone without a word holds nobody longer.
  private static final String ANSWER_SECONDS_MAX = "60";

  /// A migration may rewrite a large table, or wait for another node's.
  private static final String MIGRATION_SECONDS_MAX = "3600";

  private final DatabaseConfig config;
  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final String name;
  private final String schema;

  private Database(
      DatabaseConfig config,
      HikariDataSource source,
      String name,
      String schema,
      List<Consumer<Jdbi>> setups) {
    this.config = config;
    this.source = source;
    this.name = name;
    this.schema = schema;
    jdbi = Jdbi.create(source).installPlugin(new PostgresPlugin());
    // A message of a fault is logged and kept with failed jobs; bound values may be secrets.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    setups.forEach(setup -> setup.accept(jdbi));
  }

  /// Opens the pool; `setups` register the argument and column types of the owner of the schema.
  ///
  /// @param name shown by PostgreSQL for each connection
  public static Database open(
      DatabaseConfig config, String name, String schema, List<Consumer<Jdbi>> setups) {
    return open(config, name, schema, setups, CONNECT_MILLIS_MAX);
  }

  /// As [#open], for who must run while PostgreSQL is away: it is not asked for anything yet.
  public static Database openUnseen(DatabaseConfig config, String name, String schema) {
    return open(config, name, schema, List.of(), -1);
  }

  private static Database open(
      DatabaseConfig config,
      String name,
      String schema,
      List<Consumer<Jdbi>> setups,
      long seenWithinMillis) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(name);
    hikari.setJdbcUrl(config.url());
    hikari.setUsername(config.user());
    hikari.setPassword(config.password().value());
    hikari.setMaximumPoolSize(config.connectionsMax());
    hikari.setMinimumIdle(seenWithinMillis < 0 ? 0 : 1);
    hikari.setConnectionTimeout(CONNECT_MILLIS_MAX);
    hikari.setInitializationFailTimeout(seenWithinMillis);
    connection(config, name, ANSWER_SECONDS_MAX).forEach(hikari::addDataSourceProperty);
    hikari.addDataSourceProperty("currentSchema", schema);
    return new Database(config, new HikariDataSource(hikari), name, schema, setups);
  }

  static Map<String, String> connection(
      DatabaseConfig config, String name, String answerSecondsMax) {
    Map<String, String> properties = new HashMap<>();
    properties.put("connectTimeout", CONNECT_SECONDS_MAX);
    properties.putAll(config.parameters());
    properties.put("ApplicationName", name);
    properties.put("socketTimeout", answerSecondsMax);
    properties.put("tcpKeepAlive", "true");
    // The detail quotes the values of the row that was refused.
    properties.put("logServerErrorDetail", "false");
    return properties;
  }

  /// Brings the schema to the newest version in `location` of the class path.
  public int migrate(String location) {
    MigrateResult result = flyway(location).migrate();
    return result.migrationsExecuted;
  }

  /// Refuses to go on when the schema is not exactly of the version in `location`.
  ///
  /// @throws SchemaFault when it is older, newer or altered
  public void validate(String location) {
    try {
      flyway(location).validate();
    } catch (FlywayValidateException e) {
      throw new SchemaFault(schema, e);
    }
  }

  private Flyway flyway(String location) {
    return Flyway.configure()
        .dataSource(config.url(), config.user(), config.password().value())
        .jdbcProperties(connection(config, name, MIGRATION_SECONDS_MAX))
        .schemas(schema)
        .defaultSchema(schema)
        .createSchemas(true)
        .locations("classpath:" + location)
        .validateMigrationNaming(true)
        // By default a schema of a newer version would pass.
        .ignoreMigrationPatterns(new String[0])
        .loggers("slf4j")
        .load();
  }

  /// Does `work` in one transaction. When PostgreSQL ends it because two waited for each other, it
  /// is done again, so what is not in the database must not be changed by it.
  ///
  /// @throws DatabaseFault while PostgreSQL does not answer
  public <T> T inTransaction(Function<Handle, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.inTransaction(work::apply);
      } catch (JdbiException e) {
        if (attempt == DEADLOCKS_MAX || !isDeadlock(e)) {
          throw told(e);
        }
      }
    }
  }

  /// As [#inTransaction].
  public void useTransaction(Consumer<Handle> work) {
    inTransaction(db -> {
      work.accept(db);
      return schema;
    });
  }

  private static boolean isDeadlock(JdbiException e) {
    return e.getCause() instanceof SQLException cause && DEADLOCK.equals(cause.getSQLState());
  }

  /// Reads only; each statement sees its own snapshot.
  public <T> T read(Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException e) {
      throw told(e);
    }
  }

  private static RuntimeException told(JdbiException e) {
    return DatabaseFault.of(e).map(RuntimeException.class::cast).orElse(e);
  }

  /// Whether PostgreSQL answers.
  public void check() {
    read(db -> db.execute("SELECT 1"));
  }

  /// The pool by its own word: connections that are active, idle, waited for, and how long that
  /// takes.
  @Override
  public void measureIn(MeterRegistry registry) {
    source.setMetricRegistry(registry);
  }

  @Override
  public void close() {
    source.close();
  }
}
