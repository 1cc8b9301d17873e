package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.vault.EncryptionPassword;
import java.util.Optional;
import java.util.function.Supplier;

/// The encryption password where this program has made it and keeps it in the data directory.
///
/// Its change touches two places, the seal in the database and the kept password, and any moment
/// may be the last. So the new password is kept beside the old one first; then the seal is changed,
/// in one transaction; then the new one takes the place of the old one, in one write. A start that
/// finds both asks the seal which of them is in force, and forgets the other.
final class KeptPassword {
  static final String NAME = "enc_password";

  private static final String NEXT = "enc_password_next";
  private static final int CONNECTIONS = 2;

  private KeptPassword() {}

  static DatabaseConfig database(EmbeddedPostgres postgres) {
    return new DatabaseConfig(
        postgres.jdbcUrl(), postgres.username(), postgres.password(), CONNECTIONS);
  }

  /// Finishes a change that was cut short.
  static void settle(DataDirectory data, Supplier<DatabaseConfig> database) {
    Optional<Secret> next = data.findSecret(NEXT);
    if (next.isEmpty()) {
      return;
    }
    if (EncryptionPassword.isInForce(database.get(), next.get())) {
      data.promoteSecret(NEXT, NAME);
    } else {
      data.forgetSecret(NEXT);
    }
  }

  /// As [EncryptionPassword#rotate], with what is kept.
  static boolean rotate(DataDirectory data, DatabaseConfig database, Secret old, Secret fresh) {
    data.keepSecret(NEXT, fresh);
    boolean isChanged;
    try {
      isChanged = EncryptionPassword.rotate(database, old, fresh);
    } catch (RuntimeException e) {
      // Which one is in force the next start finds out, as after a kill.
      throw new MeshFault("the password was not changed: " + e.getMessage(), e);
    }
    data.promoteSecret(NEXT, NAME);
    return isChanged;
  }
}
