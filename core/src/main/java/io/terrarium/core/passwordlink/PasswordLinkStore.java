package io.terrarium.core.passwordlink;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of links.
final class PasswordLinkStore {
  // What was given out before is good no longer.
  private static final String REPLACE =
      """
      INSERT INTO password_links (user_id, link_digest, expires_at)
      VALUES (:user, :digest, :expires)
      ON CONFLICT (user_id) DO UPDATE SET link_digest = :digest, expires_at = :expires
      """;

  private static final String GOOD =
      """
       WHERE u.id = l.user_id AND l.link_digest = :digest AND l.expires_at > :now
         AND NOT u.is_suspended
      """;

  void replace(Handle db, long userKey, String digest, Instant expires) {
    db.createUpdate(REPLACE)
        .bind("user", userKey)
        .bind("digest", digest)
        .bind("expires", expires)
        .execute();
  }

  /// Whose it is, while it is good.
  Optional<Long> find(Handle db, String digest, Instant now) {
    return whose(db, "SELECT l.user_id FROM password_links l, users u" + GOOD, digest, now);
  }

  /// The same; whoever takes it is the only one who does.
  Optional<Long> take(Handle db, String digest, Instant now) {
    return whose(
        db,
        "DELETE FROM password_links l USING users u" + GOOD + "RETURNING l.user_id",
        digest,
        now);
  }

  private static Optional<Long> whose(Handle db, String sql, String digest, Instant now) {
    return db.createQuery(sql).bind("digest", digest).bind("now", now).mapTo(Long.class).findOne();
  }

  void forget(Handle db, Instant now) {
    db.createUpdate("DELETE FROM password_links WHERE expires_at <= :now")
        .bind("now", now)
        .execute();
  }
}
