package io.terrarium.core.account;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of users.
final class UserStore {
  private static final String FIND =
      """
      SELECT id, external_id, username, email, is_site_admin, is_suspended, created_at
        FROM users WHERE
      """;

  private static final String INSERT =
      """
      INSERT INTO users (external_id, username, email, password_digest, is_site_admin, created_at)
      VALUES (:id, :username, :email, :digest, :siteAdmin, :now)
      RETURNING id
      """;

  // Two users see each other when one organization has both.
  private static final String SHARE_ORGANIZATION =
      """
      SELECT DISTINCT n.user_id
        FROM organization_memberships m
             JOIN organization_memberships n ON n.organization_id = m.organization_id
       WHERE m.user_id = :one AND n.user_id = ANY (:others)
         AND m.organization_id <> ALL (:closed)
      """;

  /// @param digest of the password, if there is one yet
  long insert(Handle db, User user, @Nullable String digest) {
    return db.createQuery(INSERT)
        .bind("id", user.id().value())
        .bind("username", user.username())
        .bind("email", user.email())
        .bind("digest", digest)
        .bind("siteAdmin", user.siteAdmin())
        .bind("now", user.createdAt())
        .mapTo(Long.class)
        .one();
  }

  Optional<User> find(Handle db, long key) {
    return db.createQuery(FIND + "id = :key").bind("key", key).map((row, _) -> user(row)).findOne();
  }

  Optional<User> find(Handle db, UserId id) {
    return db.createQuery(FIND + "external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> user(row))
        .findOne();
  }

  /// Those that are there.
  List<User> findAll(Handle db, List<UserId> ids) {
    return db.createQuery(FIND + "external_id = ANY (:ids) ORDER BY id")
        .bindArray("ids", String.class, ids.stream().map(UserId::value).toList())
        .map((row, _) -> user(row))
        .list();
  }

  Optional<User> findNamed(Handle db, String username) {
    return db.createQuery(FIND + "lower(username) = lower(:username)")
        .bind("username", username)
        .map((row, _) -> user(row))
        .findOne();
  }

  Optional<User> findByEmail(Handle db, String email) {
    return db.createQuery(FIND + "lower(email) = lower(:email)")
        .bind("email", email)
        .map((row, _) -> user(row))
        .findOne();
  }

  boolean isEmpty(Handle db) {
    return db.createQuery("SELECT NOT EXISTS (SELECT 1 FROM users)").mapTo(Boolean.class).one();
  }

  /// Until the end of the transaction nobody else can add a person or look for their absence.
  void lock(Handle db) {
    db.execute("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE");
  }

  /// Those of `others`.
  Set<Long> whoShareOrganization(Handle db, UserPrincipal one, List<Long> others) {
    return db.createQuery(SHARE_ORGANIZATION)
        .bind("one", one.userKey())
        .bindArray("closed", Long.class, one.closed())
        .bindArray("others", Long.class, others)
        .mapTo(Long.class)
        .set();
  }

  /// Those of `users`.
  Set<Long> members(Handle db, long organization, List<Long> users) {
    return db.createQuery(
            "SELECT user_id FROM organization_memberships"
                + " WHERE organization_id = :organization AND user_id = ANY (:users)")
        .bind("organization", organization)
        .bindArray("users", Long.class, users)
        .mapTo(Long.class)
        .set();
  }

  /// Empty for who has no password yet.
  Optional<String> passwordDigest(Handle db, long key) {
    return db.createQuery("SELECT password_digest FROM users WHERE id = :key")
        .bind("key", key)
        .mapTo(String.class)
        .findOne();
  }

  void replace(Handle db, long key, String username, String email) {
    db.createUpdate("UPDATE users SET username = :username, email = :email WHERE id = :key")
        .bind("key", key)
        .bind("username", username)
        .bind("email", email)
        .execute();
  }

  /// The id by which invitations to this address know the person.
  Optional<UserId> invited(Handle db, String email) {
    return db.createQuery(
            "SELECT invited_user_id FROM organization_memberships"
                + " WHERE lower(invited_email) = lower(:email) LIMIT 1")
        .bind("email", email)
        .map((row, _) -> new UserId(row.getString(1)))
        .findOne();
  }

  /// The person takes up the invitations to their address.
  void acceptInvitations(Handle db, long key, String email) {
    db.createUpdate(
            "UPDATE organization_memberships SET user_id = :key, invited_email = NULL,"
                + " invited_user_id = NULL"
                + " WHERE lower(invited_email) = lower(:email)")
        .bind("key", key)
        .bind("email", email)
        .execute();
  }

  /// A link that was given out for a password is void with it.
  void replacePassword(Handle db, long key, String digest) {
    db.createUpdate(
            "WITH void AS (DELETE FROM password_links WHERE user_id = :key)"
                + " UPDATE users SET password_digest = :digest WHERE id = :key")
        .bind("key", key)
        .bind("digest", digest)
        .execute();
  }

  /// A row that is yet to be written, so without a key.
  static User unwritten(UserId id, String username, String email, boolean siteAdmin, Instant now) {
    return new User(0, id, username, email, siteAdmin, false, now);
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getLong("id"),
        new UserId(row.getString("external_id")),
        row.getString("username"),
        row.getString("email"),
        row.getBoolean("is_site_admin"),
        row.getBoolean("is_suspended"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
