package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The tokens of those who have logged in. They lie in the database, as digests: so any vault of
/// the keyring knows them, a restart ends none, and one that is revoked is so everywhere at once.
/// Each lives for a period, and for another one whenever it is renewed.
final class ClientTokens {
  private static final String PREFIX = "hvs.";
  private static final int TOKEN_CHARACTERS = 91;
  private static final int ACCESSOR_CHARACTERS = 24;

  private final Database database;
  private final ClientTokenStore store = new ClientTokenStore();
  private final Duration period;

  ClientTokens(Database database, Duration period) {
    this.database = database;
    this.period = period;
  }

  /// A token as it is kept.
  record Issued(
      String accessor, Duration period, Duration left, Instant createdAt, Instant expiresAt) {}

  /// A token that is new, or lives longer now.
  record Lease(Secret token, Issued issued) {}

  Lease issue() {
    Secret token = new Secret(PREFIX + Tokens.base58(TOKEN_CHARACTERS));
    byte[] digest = digest(token);
    Issued issued =
        database.inTransaction(db -> {
          // Who logs in sweeps, so the table never holds more than a period's tokens.
          store.deleteExpired(db);
          store.insert(db, digest, Tokens.base58(ACCESSOR_CHARACTERS), period);
          return store.find(db, digest).orElseThrow();
        });
    return new Lease(token, issued);
  }

  /// Empty when it is unknown, revoked, or its time is over.
  Optional<Issued> find(Secret token) {
    return token.value().startsWith(PREFIX)
        ? database.read(db -> store.find(db, digest(token)))
        : Optional.empty();
  }

  /// One more period from now on; empty when the token has ended meanwhile.
  Optional<Lease> renew(Secret token) {
    byte[] digest = digest(token);
    return database
        .inTransaction(db -> {
          store.renew(db, digest);
          return store.find(db, digest);
        })
        .map(issued -> new Lease(token, issued));
  }

  void revoke(Secret token) {
    database.useTransaction(db -> store.delete(db, digest(token)));
  }

  /// Tokens are long and random, so a plain hash cannot be searched for them.
  private static byte[] digest(Secret token) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(token.value().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
