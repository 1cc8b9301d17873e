package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;

/// Settings of vault.
///
/// @param encryptionPassword seals the keyring; another one than it was made with is refused
/// @param token what callers must send as `X-Vault-Token`
public record VaultConfig(
    HttpAddress listen, DatabaseConfig database, Secret encryptionPassword, Secret token) {
  private static final int PORT = 8200;
  private static final int CONNECTIONS_MAX = 3;

  public static VaultConfig from(Env env) {
    return new VaultConfig(
        env.listen("TERRARIUM_VAULT", PORT),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        env.secret("TFE_ENCRYPTION_PASSWORD"),
        env.secret("TERRARIUM_VAULT_TOKEN"));
  }
}
