package io.terrarium.core.login;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of codes.
final class LoginCodeStore {
  private static final String INSERT =
      """
      INSERT INTO login_codes (code_digest, user_id, challenge, redirect_uri, expires_at)
      VALUES (:digest, :user, :challenge, :redirect, :expires)
      """;

  private static final String TAKE =
      """
      DELETE FROM login_codes c USING users u
       WHERE u.id = c.user_id AND c.code_digest = :digest
      RETURNING u.id AS user_key, u.username, u.is_suspended, c.challenge, c.redirect_uri,
                c.expires_at
      """;

  /// What a code stands for.
  record Row(
      long userKey,
      String username,
      boolean isSuspended,
      String challenge,
      String redirect,
      Instant expiresAt) {}

  void insert(Handle db, String digest, long userKey, LoginRequest request, Instant expires) {
    db.createUpdate(INSERT)
        .bind("digest", digest)
        .bind("user", userKey)
        .bind("challenge", request.challenge())
        .bind("redirect", request.redirect())
        .bind("expires", expires)
        .execute();
  }

  /// Whoever takes it is the only one who does.
  Optional<Row> take(Handle db, String digest) {
    return db.createQuery(TAKE)
        .bind("digest", digest)
        .map((row, _) ->
            new Row(
                row.getLong("user_key"),
                row.getString("username"),
                row.getBoolean("is_suspended"),
                row.getString("challenge"),
                row.getString("redirect_uri"),
                row.getTimestamp("expires_at").toInstant()))
        .findOne();
  }

  void forget(Handle db, Instant now) {
    db.createUpdate("DELETE FROM login_codes WHERE expires_at <= :now").bind("now", now).execute();
  }
}
