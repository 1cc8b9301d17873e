package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.time.Duration;
import java.util.Optional;

/// Settings of vault.
///
/// @param encryptionPassword seals the keyring; another one than it was made with is refused
/// @param token that may do everything, sent as `X-Vault-Token`
/// @param appRole who may log in, if anybody may
/// @param tokenPeriod how long the token of a login lives, and by how long a renewal moves its end
public record VaultConfig(
    HttpAddress listen,
    DatabaseConfig database,
    Secret encryptionPassword,
    Secret token,
    Optional<AppRole> appRole,
    Duration tokenPeriod) {
  private static final int PORT = 8200;
  private static final int CONNECTIONS_MAX = 3;
  private static final int PERIOD_SECONDS = 24 * 60 * 60;
  private static final int PERIOD_SECONDS_MAX = 32 * PERIOD_SECONDS;

  /// A role and its secret, of which the documents' AppRole login asks both.
  public record AppRole(Secret roleId, Secret secretId) {
    private static Optional<AppRole> from(Env env) {
      Optional<Secret> role = env.findSecret("TERRARIUM_VAULT_ROLE_ID");
      Optional<Secret> secret = env.findSecret("TERRARIUM_VAULT_SECRET_ID");
      if (role.isPresent() != secret.isPresent()) {
        env.problem(
            "TERRARIUM_VAULT_ROLE_ID and TERRARIUM_VAULT_SECRET_ID must be set together, or"
                + " neither");
      }
      return role.flatMap(id -> secret.map(known -> new AppRole(id, known)));
    }
  }

  /// Without AppRole.
  public VaultConfig(
      HttpAddress listen, DatabaseConfig database, Secret encryptionPassword, Secret token) {
    this(
        listen,
        database,
        encryptionPassword,
        token,
        Optional.empty(),
        Duration.ofSeconds(PERIOD_SECONDS));
  }

  public static VaultConfig from(Env env) {
    return new VaultConfig(
        env.listen("TERRARIUM_VAULT", PORT),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        env.secret("TFE_ENCRYPTION_PASSWORD"),
        env.secret("TERRARIUM_VAULT_TOKEN"),
        AppRole.from(env),
        Duration.ofSeconds(
            env.integer("TERRARIUM_VAULT_TOKEN_PERIOD", PERIOD_SECONDS, 1, PERIOD_SECONDS_MAX)));
  }
}
