package io.terrarium.core.session;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of sessions.
final class SessionStore {
  private static final String INSERT =
      """
      INSERT INTO browser_sessions (secret_digest, user_id, created_at, seen_at)
      VALUES (:digest, :user, :now, :now)
      """;

  private static final String FIND =
      """
      SELECT s.id, s.seen_at, u.id AS user_key, u.external_id, u.username, u.email, u.is_site_admin
        FROM browser_sessions s JOIN users u ON u.id = s.user_id
       WHERE s.secret_digest = :digest AND s.created_at > :born AND s.seen_at > :seen
         AND NOT u.is_suspended
      """;

  private static final String LIST =
      """
      SELECT id, created_at, seen_at FROM browser_sessions
       WHERE user_id = :user AND created_at > :born AND seen_at > :seen
       ORDER BY seen_at DESC, id DESC
      """;

  private static final String FORGET =
      "DELETE FROM browser_sessions WHERE created_at <= :born OR seen_at <= :seen";

  /// What one look into the table says.
  record Row(long key, UserPrincipal user, String email, Instant seenAt) {}

  void insert(Handle db, String digest, long userKey, Instant now) {
    db.createUpdate(INSERT).bind("digest", digest).bind("user", userKey).bind("now", now).execute();
  }

  /// @param born the earliest time at which it may have begun
  /// @param seen the earliest time at which it must have been used
  Optional<Row> find(Handle db, String digest, Instant born, Instant seen) {
    return db.createQuery(FIND)
        .bind("digest", digest)
        .bind("born", born)
        .bind("seen", seen)
        .map((row, _) -> row(row))
        .findOne();
  }

  /// Those of a person that are still good, the latest used first.
  ///
  /// @param own key of the one that asks
  List<OpenSession> list(Handle db, long userKey, long own, Instant born, Instant seen) {
    return db.createQuery(LIST)
        .bind("user", userKey)
        .bind("born", born)
        .bind("seen", seen)
        .map((row, _) ->
            new OpenSession(
                row.getLong("id") == own,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  void seen(Handle db, long key, Instant now) {
    db.createUpdate("UPDATE browser_sessions SET seen_at = :now WHERE id = :key")
        .bind("key", key)
        .bind("now", now)
        .execute();
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM browser_sessions WHERE id = :key").bind("key", key).execute();
  }

  void deleteOthers(Handle db, long userKey, long key) {
    db.createUpdate("DELETE FROM browser_sessions WHERE user_id = :user AND id <> :key")
        .bind("user", userKey)
        .bind("key", key)
        .execute();
  }

  void deleteOf(Handle db, long userKey) {
    db.createUpdate("DELETE FROM browser_sessions WHERE user_id = :user")
        .bind("user", userKey)
        .execute();
  }

  int forget(Handle db, Instant born, Instant seen) {
    return db.createUpdate(FORGET).bind("born", born).bind("seen", seen).execute();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        new UserPrincipal(
            row.getLong("user_key"),
            new UserId(row.getString("external_id")),
            row.getString("username"),
            row.getBoolean("is_site_admin")),
        row.getString("email"),
        row.getObject("seen_at", OffsetDateTime.class).toInstant());
  }
}
