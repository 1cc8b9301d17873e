package io.terrarium.core.admin;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.admin.AdminOrganization.AdminOptions;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of organizations, whoever belongs to them.
final class AdminOrganizationStore {
  private static final String COLUMNS =
      """
      SELECT o.*,
             array(SELECT u.external_id
                     FROM users u JOIN organization_memberships m ON m.user_id = u.id
                          JOIN team_memberships p ON p.membership_id = m.id
                          JOIN teams t ON t.id = p.team_id
                    WHERE t.organization_id = o.id AND t.name = 'owners'
                    ORDER BY lower(u.username)) AS owners
        FROM organizations o
      """;

  private static final String NARROWED =
      """
       WHERE (:any::text IS NULL OR o.name ILIKE :any OR o.email ILIKE :any)
         AND (:name::text IS NULL OR o.name ILIKE :name)
         AND (:email::text IS NULL OR o.email ILIKE :email)
         AND (:producer::boolean IS NULL OR o.global_module_sharing = :producer)
      """;

  private static final String REPLACE =
      """
      UPDATE organizations
         SET access_beta_tools = :accessBetaTools, is_disabled = :disabled,
             global_module_sharing = :globalModuleSharing,
             global_provider_sharing = :globalProviderSharing,
             plan_timeout_seconds = :planTimeoutSeconds,
             apply_timeout_seconds = :applyTimeoutSeconds, workspace_limit = :workspaceLimit,
             lock_version = lock_version + 1
       WHERE id = :key
      """;

  Paged<AdminOrganization> list(Handle db, AdminOrganizationFilter filter, Page page) {
    return new PagedQuery(COLUMNS, "FROM organizations o", NARROWED, "lower(o.name)")
        .page(db, page, query -> narrowed(query, filter), (row, _) -> organization(row));
  }

  private static Query narrowed(Query query, AdminOrganizationFilter filter) {
    return query
        .bind("any", filter.any().map(LikePattern::containing).orElse(null))
        .bind("name", filter.name().map(LikePattern::containing).orElse(null))
        .bind("email", filter.email().map(LikePattern::containing).orElse(null))
        .bind("producer", filter.moduleProducer().orElse(null));
  }

  Map<String, Long> statusCounts(Handle db) {
    return db.createQuery("SELECT count(*), count(*) FILTER (WHERE is_disabled) FROM organizations")
        .map((row, _) -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          counts.put("total", row.getLong(1));
          counts.put("active", row.getLong(1) - row.getLong(2));
          counts.put("disabled", row.getLong(2));
          return counts;
        })
        .one();
  }

  Optional<AdminOrganization> find(Handle db, String name) {
    return db.createQuery(COLUMNS + " WHERE lower(o.name) = lower(:name)")
        .bind("name", name)
        .map((row, _) -> organization(row))
        .findOne();
  }

  List<AdminOrganization> findAll(Handle db, List<String> names) {
    return db.createQuery(COLUMNS + " WHERE o.name = ANY (:names) ORDER BY lower(o.name)")
        .bindArray("names", String.class, names)
        .map((row, _) -> organization(row))
        .list();
  }

  /// As [#find]; nobody else changes it until the end of the transaction.
  Optional<AdminOrganization> findForUpdate(Handle db, String name) {
    return db.createQuery(COLUMNS + " WHERE lower(o.name) = lower(:name) FOR UPDATE OF o")
        .bind("name", name)
        .map((row, _) -> organization(row))
        .findOne();
  }

  void replace(Handle db, long key, AdminOptions options) {
    db.createUpdate(REPLACE).bind("key", key).bindMethods(options).execute();
  }

  private static AdminOrganization organization(ResultSet row) throws SQLException {
    return new AdminOrganization(
        row.getLong("id"),
        new OrganizationId(row.getString("external_id")),
        row.getString("name"),
        row.getString("email"),
        Stream.of((String[]) row.getArray("owners").getArray()).map(UserId::new).toList(),
        new AdminOptions(
            row.getBoolean("access_beta_tools"),
            row.getBoolean("is_disabled"),
            row.getBoolean("global_module_sharing"),
            row.getBoolean("global_provider_sharing"),
            row.getObject("plan_timeout_seconds", Integer.class),
            row.getObject("apply_timeout_seconds", Integer.class),
            row.getObject("workspace_limit", Integer.class)));
  }
}
