package io.terrarium.kernel.database;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;

/// How to reach PostgreSQL.
///
/// @param url JDBC URL without credentials
/// @param connectionsMax size of the pool of this process
public record DatabaseConfig(String url, String user, Secret password, int connectionsMax) {
  public static DatabaseConfig from(Env env, int connectionsMax) {
    return new DatabaseConfig(
        env.text("TERRARIUM_DATABASE_URL"),
        env.text("TFE_DATABASE_USER"),
        env.secret("TFE_DATABASE_PASSWORD"),
        env.integer("TERRARIUM_DATABASE_CONNECTIONS", connectionsMax, 1, 90));
  }
}
