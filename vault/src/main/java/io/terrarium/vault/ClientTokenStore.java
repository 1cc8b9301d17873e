package io.terrarium.vault;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of client tokens. All times are the database's, since several vaults share them.
final class ClientTokenStore {
  private static final String INSERT =
      """
      INSERT INTO client_tokens (digest, accessor, period_seconds, expires_at)
      VALUES (:digest, :accessor, :period, now() + make_interval(secs => :period))
      """;

  private static final String FIND =
      """
      SELECT accessor, period_seconds, created_at, expires_at,
             ceil(extract(epoch FROM expires_at - now()))::bigint AS seconds_left
        FROM client_tokens WHERE digest = :digest AND expires_at > now()
      """;

  private static final String RENEW =
      """
      UPDATE client_tokens
         SET renewed_at = now(), expires_at = now() + make_interval(secs => period_seconds)
       WHERE digest = :digest AND expires_at > now()
      """;

  void insert(Handle db, byte[] digest, String accessor, Duration period) {
    db.createUpdate(INSERT)
        .bind("digest", digest)
        .bind("accessor", accessor)
        .bind("period", (int) period.toSeconds())
        .execute();
  }

  Optional<ClientTokens.Issued> find(Handle db, byte[] digest) {
    return db.createQuery(FIND)
        .bind("digest", digest)
        .map((row, _) ->
            new ClientTokens.Issued(
                row.getString("accessor"),
                Duration.ofSeconds(row.getInt("period_seconds")),
                Duration.ofSeconds(row.getLong("seconds_left")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant()))
        .findOne();
  }

  void renew(Handle db, byte[] digest) {
    db.createUpdate(RENEW).bind("digest", digest).execute();
  }

  void delete(Handle db, byte[] digest) {
    db.createUpdate("DELETE FROM client_tokens WHERE digest = :digest")
        .bind("digest", digest)
        .execute();
  }

  void deleteExpired(Handle db) {
    db.execute("DELETE FROM client_tokens WHERE expires_at <= now()");
  }
}
