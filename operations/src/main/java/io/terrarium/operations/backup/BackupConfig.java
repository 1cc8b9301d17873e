package io.terrarium.operations.backup;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import java.net.URI;

/// Settings of backup and restore.
///
/// @param token that callers must carry
/// @param archivistToken key of signed paths
/// @param router its internal listener, the way to archivist
public record BackupConfig(
    Secret token, DatabaseConfig database, TransitConfig vault, Secret archivistToken, URI router) {
  private static final int CONNECTIONS = 2;

  public static BackupConfig from(Env env) {
    return new BackupConfig(
        env.secret("TFE_BACKUP_RESTORE_TOKEN"),
        DatabaseConfig.from(env, CONNECTIONS),
        TransitConfig.from(env),
        env.secret("TERRARIUM_ARCHIVIST_TOKEN"),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"));
  }
}
