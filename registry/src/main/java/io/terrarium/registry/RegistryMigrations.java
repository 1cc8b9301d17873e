package io.terrarium.registry;

import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.runtime.Program;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema `registry` to this program's version and ends (`ptfe_registry_migrations`).
public final class RegistryMigrations {
  static final String SCHEMA = "registry";
  static final String LOCATION = "db/registry";

  private static final Logger log = LoggerFactory.getLogger(RegistryMigrations.class);
  private static final int CONNECTIONS_MAX = 2;
  private static final String NAME = "registry-migrations";

  private RegistryMigrations() {}

  static void main(String[] args) {
    Program.once(
        NAME, env -> DatabaseConfig.from(env, CONNECTIONS_MAX), RegistryMigrations::migrate);
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
