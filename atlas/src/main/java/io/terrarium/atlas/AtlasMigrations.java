package io.terrarium.atlas;

import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.runtime.Program;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema `atlas` to this program's version and ends (`ptfe_migrations`).
public final class AtlasMigrations {
  static final String SCHEMA = "atlas";
  static final String LOCATION = "db/atlas";

  private static final Logger log = LoggerFactory.getLogger(AtlasMigrations.class);
  private static final int CONNECTIONS_MAX = 2;
  private static final String NAME = "atlas-migrations";

  private AtlasMigrations() {}

  static void main(String[] args) {
    Program.once(NAME, env -> DatabaseConfig.from(env, CONNECTIONS_MAX), AtlasMigrations::migrate);
  }

  /// Migrates; safe to be called by several nodes at once and when there is nothing to do.
  public static void migrate(DatabaseConfig config) {
    DatabaseConfig few = config.withConnections(CONNECTIONS_MAX);
    try (LogScope _ = LogScope.open(LogScope.COMPONENT, NAME);
        Database database = Database.open(few, NAME, SCHEMA, List.of())) {
      int migrations = database.migrate(LOCATION);
      log.atInfo()
          .addKeyValue("schema", SCHEMA)
          .addKeyValue("migrations", migrations)
          .log("schema is current");
    }
  }
}
