package io.terrarium.core.admin;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.OwnersLock;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of people, whatever they belong to.
final class AdminUserStore {
  private static final String COLUMNS =
      """
      SELECT u.id, u.external_id, u.username, u.email, u.is_site_admin, u.is_suspended,
             u.password_digest IS NOT NULL AS has_password,
             array(SELECT o.name FROM organizations o
                    WHERE o.id IN (SELECT m.organization_id
                                     FROM organization_memberships m WHERE m.user_id = u.id)
                    ORDER BY lower(o.name)) AS organizations
        FROM users u
      """;

  private static final String NARROWED =
      """
       WHERE (:text::text IS NULL OR u.username ILIKE :text OR u.email ILIKE :text)
         AND (:admin::boolean IS NULL OR u.is_site_admin = :admin)
         AND (:suspended::boolean IS NULL OR u.is_suspended = :suspended)
      """;

  private static final String STATUS_COUNTS =
      """
      SELECT count(*), count(*) FILTER (WHERE is_suspended), count(*) FILTER (WHERE is_site_admin)
        FROM users
      """;

  private static final String OWNED_ALONE =
      """
      SELECT o.name
        FROM organizations o
             JOIN teams t ON t.organization_id = o.id AND t.name = 'owners'
             JOIN team_memberships p ON p.team_id = t.id
             JOIN organization_memberships m ON m.id = p.membership_id
       WHERE m.user_id = :user
         AND NOT EXISTS (SELECT 1 FROM team_memberships q
                           JOIN organization_memberships n ON n.id = q.membership_id
                          WHERE q.team_id = t.id AND n.user_id <> :user)
       ORDER BY lower(o.name)
      """;

  private static final String OWNED =
      """
      SELECT t.organization_id
        FROM teams t JOIN team_memberships p ON p.team_id = t.id
             JOIN organization_memberships m ON m.id = p.membership_id
       WHERE m.user_id = :user AND t.name = 'owners' ORDER BY t.organization_id
      """;

  private static final String OWNERS =
      """
       WHERE u.id IN (SELECT m.user_id
                        FROM organizations o
                             JOIN teams t ON t.organization_id = o.id AND t.name = 'owners'
                             JOIN team_memberships p ON p.team_id = t.id
                             JOIN organization_memberships m ON m.id = p.membership_id
                       WHERE o.name = ANY (:organizations))
       ORDER BY lower(u.username)
      """;

  Paged<AdminUser> list(Handle db, AdminUserFilter filter, Page page) {
    return new PagedQuery(COLUMNS, "FROM users u", NARROWED, "lower(u.username)")
        .page(db, page, query -> narrowed(query, filter), (row, _) -> user(row));
  }

  private static Query narrowed(Query query, AdminUserFilter filter) {
    return query
        .bind("text", filter.text().map(LikePattern::containing).orElse(null))
        .bind("admin", filter.admin().orElse(null))
        .bind("suspended", filter.suspended().orElse(null));
  }

  Map<String, Long> statusCounts(Handle db) {
    return db.createQuery(STATUS_COUNTS)
        .map((row, _) -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          counts.put("total", row.getLong(1));
          counts.put("suspended", row.getLong(2));
          counts.put("admin", row.getLong(3));
          return counts;
        })
        .one();
  }

  Optional<AdminUser> find(Handle db, UserId id) {
    return db.createQuery(COLUMNS + " WHERE u.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> user(row))
        .findOne();
  }

  /// The owners of organizations.
  List<AdminUser> owners(Handle db, List<String> organizations) {
    return db.createQuery(COLUMNS + OWNERS)
        .bindArray("organizations", String.class, organizations)
        .map((row, _) -> user(row))
        .list();
  }

  /// Until the end of the transaction nobody else changes who administers the site.
  void lock(Handle db) {
    db.execute("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE");
  }

  /// Until the end of the transaction nobody else takes an owner from what this person owns.
  void lockOwned(Handle db, long key) {
    db.createQuery(OWNED)
        .bind("user", key)
        .mapTo(Long.class)
        .list()
        .forEach(organization -> OwnersLock.take(db, organization));
  }

  long countActiveAdmins(Handle db) {
    return db.createQuery(
            "SELECT count(*) FROM users"
                + " WHERE is_site_admin AND NOT is_suspended AND password_digest IS NOT NULL")
        .mapTo(Long.class)
        .one();
  }

  /// The organizations that would be nobody's without this person.
  List<String> ownedAlone(Handle db, long key) {
    return db.createQuery(OWNED_ALONE).bind("user", key).mapTo(String.class).list();
  }

  /// A link for their password that was given out before is good no more, nor afterwards.
  void setSuspended(Handle db, long key, boolean suspended) {
    db.createUpdate(
            "WITH void AS (DELETE FROM password_links WHERE user_id = :key)"
                + " UPDATE users SET is_suspended = :suspended WHERE id = :key")
        .bind("suspended", suspended)
        .bind("key", key)
        .execute();
  }

  void setAdmin(Handle db, long key, boolean admin) {
    db.createUpdate("UPDATE users SET is_site_admin = :admin WHERE id = :key")
        .bind("admin", admin)
        .bind("key", key)
        .execute();
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM users WHERE id = :key").bind("key", key).execute();
  }

  private static AdminUser user(ResultSet row) throws SQLException {
    return new AdminUser(
        row.getLong("id"),
        new UserId(row.getString("external_id")),
        row.getString("username"),
        row.getString("email"),
        row.getBoolean("is_site_admin"),
        row.getBoolean("is_suspended"),
        row.getBoolean("has_password"),
        List.of((String[]) row.getArray("organizations").getArray()));
  }
}
