package io.terrarium.core.organization;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.OwnRetention;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of organizations and of their owners.
final class OrganizationStore {
  private static final String FROM =
      " FROM organizations o JOIN projects p ON p.organization_id = o.id AND p.is_default"
          + " LEFT JOIN data_retention_policies r ON r.organization_id = o.id ";

  private static final String COLUMNS =
      "SELECT o.*, p.external_id AS default_project, r.external_id AS retention_policy,"
          + " r.deletes AS retention_deletes,"
          + " EXISTS (SELECT FROM token_ttl_policies t WHERE t.organization_id = o.id)"
          + " AS has_token_limits";

  // Those to which the person belongs; for an organization's own token, itself.
  private static final String VISIBLE =
      """
      WHERE NOT o.is_disabled AND o.id <> ALL (:closed)
        AND (o.id = :organization
             OR EXISTS (SELECT 1 FROM organization_memberships m
                         WHERE m.organization_id = o.id AND m.user_id = :user)
             OR EXISTS (SELECT 1 FROM teams t WHERE t.organization_id = o.id AND t.id = :team))
        AND (:name = '' OR strpos(lower(o.name), lower(:name)) > 0)
        AND (:email = '' OR strpos(lower(o.email), lower(:email)) > 0)
        AND (:any = '' OR strpos(lower(o.name || ' ' || o.email), lower(:any)) > 0)
      """;

  private static final String INSERT =
      "INSERT INTO organizations (external_id, name, email, created_at)"
          + " VALUES (:id, :name, :email, :now) RETURNING id";

  private static final String REPLACE =
      """
      UPDATE organizations
         SET name = :name, email = :email, default_execution_mode = :defaultExecutionMode,
             collaborator_auth_policy = :collaboratorAuthPolicy,
             session_timeout_minutes = :sessionTimeoutMinutes,
             session_remember_minutes = :sessionRememberMinutes,
             allow_force_delete_workspaces = :allowForceDeleteWorkspaces,
             aggregated_commit_status_enabled = :aggregatedCommitStatusEnabled,
             speculative_plan_management_enabled = :speculativePlanManagementEnabled,
             send_passing_statuses_for_untriggered_speculative_plans =
               :sendPassingStatusesForUntriggeredSpeculativePlans,
             cost_estimation_enabled = :costEstimationEnabled,
             assessments_enforced = :assessmentsEnforced,
             owners_team_saml_role_id = :ownersTeamSamlRoleId,
             max_ttl_enabled = :maxTtlEnabled, user_tokens_enabled = :userTokensEnabled,
             lock_version = lock_version + 1
       WHERE id = :key
      """;

  private static final String OWNERS =
      """
      WITH team AS (
        INSERT INTO teams (external_id, organization_id, name, created_at)
        VALUES (:team, :organization, 'owners', :now) RETURNING id),
      member AS (
        INSERT INTO organization_memberships (external_id, organization_id, user_id, created_at)
        VALUES (:membership, :organization, :user, :now) RETURNING id)
      INSERT INTO team_memberships (team_id, membership_id)
      SELECT team.id, member.id FROM team, member
      """;

  private static final String OWNED =
      """
      SELECT count(*) FROM organization_memberships o
        JOIN team_memberships m ON m.membership_id = o.id
        JOIN teams t ON t.id = m.team_id AND t.name = 'owners'
       WHERE o.user_id = :user
      """;

  long insert(Handle db, OrganizationId id, String name, String email, Instant now) {
    return db.createQuery(INSERT)
        .bind("id", id.value())
        .bind("name", name)
        .bind("email", email)
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  /// The owners team and its first member.
  void insertOwners(Handle db, Founding founding) {
    db.createUpdate(OWNERS)
        .bind("team", founding.team().value())
        .bind("membership", founding.membership().value())
        .bind("organization", founding.organizationKey())
        .bind("user", founding.userKey())
        .bind("now", founding.now())
        .execute();
  }

  /// Who owns a new organization.
  record Founding(
      long organizationKey,
      long userKey,
      TeamId team,
      OrganizationMembershipId membership,
      Instant now) {}

  Optional<Organization> find(Handle db, long key) {
    return db.createQuery(COLUMNS + FROM + "WHERE o.id = :key")
        .bind("key", key)
        .map((row, _) -> organization(row))
        .findOne();
  }

  Optional<Long> key(Handle db, String name) {
    return db.createQuery("SELECT id FROM organizations WHERE lower(name) = lower(:name)")
        .bind("name", name)
        .mapTo(Long.class)
        .findOne();
  }

  /// Names are taken one at a time, so that two of a kind never meet at the index.
  void lockNames(Handle db) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('organizations_name'))");
  }

  boolean isNameTaken(Handle db, String name, long exceptKey) {
    return db.createQuery(
            "SELECT EXISTS (SELECT 1 FROM organizations"
                + " WHERE lower(name) = lower(:name) AND id <> :except)")
        .bind("name", name)
        .bind("except", exceptKey)
        .mapTo(Boolean.class)
        .one();
  }

  int countOwnedBy(Handle db, long userKey) {
    return db.createQuery(OWNED).bind("user", userKey).mapTo(Integer.class).one();
  }

  Paged<Organization> list(Handle db, Viewer viewer, OrganizationFilter filter, Page page) {
    return new PagedQuery(COLUMNS + FROM, FROM, VISIBLE, "lower(o.name)")
        .page(
            db,
            page,
            query ->
                query
                    .bind("user", viewer.user())
                    .bind("organization", viewer.organization())
                    .bind("team", viewer.team())
                    .bindArray("closed", Long.class, viewer.closed())
                    .bindMethods(filter),
            (row, _) -> organization(row));
  }

  void replace(Handle db, long key, OrganizationOptions options) {
    db.createUpdate(REPLACE).bind("key", key).bindMethods(options).execute();
  }

  /// Until the end of the transaction nothing new can be made in it.
  void lock(Handle db, long key) {
    db.createQuery("SELECT id FROM organizations WHERE id = :key FOR UPDATE")
        .bind("key", key)
        .mapTo(Long.class)
        .one();
  }

  boolean hasOpenRuns(Handle db, long key) {
    return db.createQuery(
            "SELECT EXISTS (SELECT 1 FROM runs WHERE organization_id = :key AND status NOT IN"
                + " ('applied', 'planned_and_finished', 'policy_soft_failed', 'discarded',"
                + " 'errored', 'canceled', 'force_canceled'))")
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
  }

  /// Runs go before the configurations that they hold, workspaces before their projects.
  void delete(Handle db, long key) {
    for (String table : List.of("runs", "workspaces")) {
      db.createUpdate("DELETE FROM " + table + " WHERE organization_id = :key")
          .bind("key", key)
          .execute();
    }
    db.createUpdate("DELETE FROM organizations WHERE id = :key").bind("key", key).execute();
  }

  private static Organization organization(ResultSet row) throws SQLException {
    return new Organization(
        row.getLong("id"),
        new OrganizationId(row.getString("external_id")),
        new ProjectId(row.getString("default_project")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        new Organization.Sharing(
            row.getBoolean("global_module_sharing"), row.getBoolean("global_provider_sharing")),
        OwnRetention.read(row),
        row.getBoolean("has_token_limits"),
        new OrganizationOptions(
            row.getString("name"),
            row.getString("email"),
            row.getString("default_execution_mode"),
            row.getString("collaborator_auth_policy"),
            row.getObject("session_timeout_minutes", Integer.class),
            row.getObject("session_remember_minutes", Integer.class),
            row.getBoolean("allow_force_delete_workspaces"),
            row.getBoolean("aggregated_commit_status_enabled"),
            row.getBoolean("speculative_plan_management_enabled"),
            row.getBoolean("send_passing_statuses_for_untriggered_speculative_plans"),
            row.getBoolean("cost_estimation_enabled"),
            row.getBoolean("assessments_enforced"),
            row.getString("owners_team_saml_role_id"),
            row.getObject("max_ttl_enabled", Boolean.class),
            row.getBoolean("user_tokens_enabled")));
  }
}
