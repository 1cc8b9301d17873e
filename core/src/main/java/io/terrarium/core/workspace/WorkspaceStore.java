package io.terrarium.core.workspace;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccessSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// SQL of single workspaces.
final class WorkspaceStore {
  static final String COLUMNS =
      """
      SELECT w.*, o.external_id AS organization_external_id, o.name AS organization_name,
             coalesce(w.execution_mode, p.default_execution_mode, o.default_execution_mode)
               AS execution_mode_in_force,
             p.external_id AS project_external_id,
             current_run.external_id AS current_run,
             (SELECT r.external_id FROM runs r WHERE r.workspace_id = w.id
               ORDER BY r.id DESC LIMIT 1) AS latest_run,
             (SELECT s.external_id FROM state_versions s
               WHERE s.id = w.current_state_version_id) AS current_state_version,
             (SELECT c.external_id FROM configuration_versions c
               WHERE c.id = w.current_configuration_version_id) AS current_configuration_version,
             (SELECT k.external_id FROM ssh_keys k WHERE k.id = w.ssh_key_id) AS ssh_key,
             repository.identifier AS vcs_identifier, repository.webhook_token AS vcs_webhook_token,
             repository.oauth_token AS vcs_oauth_token,
             repository.service_provider AS vcs_service_provider,
             repository.http_url AS vcs_http_url, repository.refused_at AS vcs_refused_at,
             (SELECT m.id FROM workspace_readmes m
               WHERE m.workspace_id = w.id AND m.markdown IS NOT NULL) AS readme,
             retention.external_id AS retention_policy, retention.deletes AS retention_deletes,
             array(SELECT v.external_id FROM state_version_outputs v
                    WHERE v.state_version_id = w.current_state_version_id
                    ORDER BY v.name) AS outputs,
             array(SELECT t.key FROM tag_bindings t
                    WHERE t.workspace_id = w.id AND t.value IS NULL
                    ORDER BY t.key) AS tag_names,
             (SELECT coalesce(sum(c.runs), 0) FROM run_counters c
               WHERE c.workspace_id = w.id) AS run_count,
             (SELECT coalesce(sum(c.runs), 0) FROM run_counters c
               WHERE c.workspace_id = w.id AND c.status = 'errored') AS failed_run_count
      """;

  static final String TABLES =
      """
        FROM workspaces w
             JOIN organizations o ON o.id = w.organization_id
             JOIN projects p ON p.id = w.project_id
             LEFT JOIN runs current_run ON current_run.id = w.current_run_id
             LEFT JOIN data_retention_policies retention ON retention.workspace_id = w.id
             LEFT JOIN LATERAL (
               SELECT r.identifier, r.webhook_token, r.refused_at, t.external_id AS oauth_token,
                      c.service_provider, c.http_url
                 FROM vcs_repositories r JOIN oauth_tokens t ON t.id = r.oauth_token_id
                      JOIN oauth_clients c ON c.id = t.oauth_client_id
                WHERE r.id = w.vcs_repository_id) repository ON true
      """;

  private static final String FIND_WITH_ACCESS =
      COLUMNS
          + ", "
          + WorkspaceAccessSql.COLUMNS
          + TABLES
          + WorkspaceAccessSql.JOIN
          + " WHERE "
          + WorkspaceAccessSql.IS_OPEN
          + " AND ";

  private static final String INSERT =
      """
      INSERT INTO workspaces (external_id, organization_id, project_id, name, description,
        execution_mode, terraform_version, working_directory, auto_apply, auto_apply_run_trigger,
        allow_destroy_plan, assessments_enabled, file_triggers_enabled, global_remote_state,
        queue_all_runs, speculative_enabled, structured_run_output_enabled, trigger_prefixes,
        trigger_patterns, source, source_name, source_url, created_at, updated_at,
        latest_change_at)
      VALUES (:id, :organization, :project, :name, :description, :executionMode,
        :terraformVersion, :workingDirectory, :autoApply, :autoApplyRunTrigger, :allowDestroyPlan,
        :assessmentsEnabled, :fileTriggersEnabled, :globalRemoteState, :queueAllRuns,
        :speculativeEnabled, :structuredRunOutputEnabled, :triggerPrefixes, :triggerPatterns,
        :source, :sourceName, :sourceUrl, :now, :now, :now)
      ON CONFLICT (organization_id, lower(name)) DO NOTHING
      RETURNING id
      """;

  private static final String UPDATE =
      """
      UPDATE workspaces
         SET project_id = coalesce(:project, project_id), name = :name, description = :description,
             execution_mode = :executionMode, terraform_version = :terraformVersion,
             working_directory = :workingDirectory, auto_apply = :autoApply,
             auto_apply_run_trigger = :autoApplyRunTrigger,
             allow_destroy_plan = :allowDestroyPlan, assessments_enabled = :assessmentsEnabled,
             file_triggers_enabled = :fileTriggersEnabled,
             global_remote_state = :globalRemoteState, queue_all_runs = :queueAllRuns,
             speculative_enabled = :speculativeEnabled,
             structured_run_output_enabled = :structuredRunOutputEnabled,
             trigger_prefixes = :triggerPrefixes, trigger_patterns = :triggerPatterns,
             updated_at = :now, latest_change_at = :now, lock_version = lock_version + 1
       WHERE id = :key
      """;

  private static final String FOLLOW =
      """
      UPDATE workspaces
         SET vcs_repository_id = :repository, vcs_display_identifier = :displayIdentifier,
             vcs_branch = :branch, vcs_ingress_submodules = :submodules, vcs_tags_regex = :tags
       WHERE id = :key
      """;

  private static final String NAME_IS_TAKEN =
      """
      SELECT EXISTS (SELECT 1 FROM workspaces
                      WHERE organization_id = :organization AND lower(name) = lower(:name)
                        AND id <> :except)
      """;

  private static final String SET_LOCK =
      """
      UPDATE workspaces
         SET locked_by_type = :type, locked_by_id = :id, lock_reason = :reason,
             latest_change_at = :now, lock_version = lock_version + 1
       WHERE id = :key
      """;

  private static final String STATE_IS_UNPARSED =
      """
      SELECT EXISTS (SELECT 1 FROM workspaces w
                       JOIN state_versions s ON s.id = w.current_state_version_id
                      WHERE w.id = :key AND NOT s.resources_processed)
      """;

  Optional<Workspace> find(Handle db, long key) {
    return db.createQuery(COLUMNS + TABLES + " WHERE w.id = :key")
        .bind("key", key)
        .map((row, _) -> WorkspaceRow.read(row))
        .findOne();
  }

  /// With what the caller may do there; whether that is to see it, the asker decides.
  Optional<Visible> find(Handle db, Principal caller, Workspaces.Address address) {
    Query query =
        switch (address) {
          case Workspaces.Address.ById(WorkspaceId id) ->
              db.createQuery(FIND_WITH_ACCESS + "w.external_id = :id").bind("id", id.value());
          case Workspaces.Address.ByName(String organization, String name) ->
              db.createQuery(
                      FIND_WITH_ACCESS
                          + "lower(o.name) = lower(:organization) AND lower(w.name) = lower(:name)")
                  .bind("organization", organization)
                  .bind("name", name);
        };
    return WorkspaceAccessSql.bind(query, caller).map((row, _) -> visible(caller, row)).findOne();
  }

  static Visible visible(Principal caller, ResultSet row) throws SQLException {
    return new Visible(WorkspaceRow.read(row), WorkspaceAccessSql.read(caller, row));
  }

  /// Those that are there.
  List<Workspace> findAll(Handle db, List<WorkspaceId> ids) {
    return db.createQuery(COLUMNS + TABLES + " WHERE w.external_id = ANY (:ids) ORDER BY w.id")
        .bindArray("ids", String.class, ids.stream().map(WorkspaceId::value).toList())
        .map((row, _) -> WorkspaceRow.read(row))
        .list();
  }

  Optional<Long> key(Handle db, WorkspaceId id) {
    return db.createQuery("SELECT id FROM workspaces WHERE external_id = :id")
        .bind("id", id.value())
        .mapTo(Long.class)
        .findOne();
  }

  /// As [#find]; nobody else changes the row until the transaction ends.
  Optional<Workspace> findForUpdate(Handle db, long key) {
    return db.createQuery(COLUMNS + TABLES + " WHERE w.id = :key FOR UPDATE OF w")
        .bind("key", key)
        .map((row, _) -> WorkspaceRow.read(row))
        .findOne();
  }

  /// Of the organization alone; 0 for none, empty where the site's holds.
  Optional<Integer> workspaceLimit(Handle db, long organizationKey) {
    return db.createQuery(
            "SELECT workspace_limit FROM organizations WHERE id = :organization"
                + " AND workspace_limit IS NOT NULL")
        .bind("organization", organizationKey)
        .mapTo(Integer.class)
        .findOne();
  }

  /// How many an organization has; nobody else counts there until the end of the transaction.
  long countAlone(Handle db, long organizationKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('workspaces_of_' || ?))", organizationKey);
    return db.createQuery("SELECT count(*) FROM workspaces WHERE organization_id = :organization")
        .bind("organization", organizationKey)
        .mapTo(Long.class)
        .one();
  }

  /// Until the end of the transaction the project stays; false when it is gone.
  boolean keepProject(Handle db, long projectKey) {
    return db.createQuery("SELECT id FROM projects WHERE id = :key FOR KEY SHARE")
        .bind("key", projectKey)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  void move(Handle db, long key, long projectKey, Instant now) {
    db.createUpdate(
            "UPDATE workspaces SET project_id = :project, updated_at = :now,"
                + " lock_version = lock_version + 1 WHERE id = :key")
        .bind("key", key)
        .bind("project", projectKey)
        .bind("now", now)
        .execute();
  }

  /// The new key; empty when the name is taken.
  Optional<Long> insert(Handle db, NewWorkspace asked) {
    return settings(db.createQuery(INSERT), asked.settings())
        .bind("id", asked.id().value())
        .bind("organization", asked.organizationKey())
        .bind("project", asked.projectKey())
        .bind("source", asked.origin().source())
        .bind("sourceName", asked.origin().name())
        .bind("sourceUrl", asked.origin().url())
        .bind("now", asked.now())
        .mapTo(Long.class)
        .findOne();
  }

  /// What is inserted.
  record NewWorkspace(
      WorkspaceId id,
      long organizationKey,
      long projectKey,
      WorkspaceSettings settings,
      Workspace.Origin origin,
      Instant now) {}

  /// @param projectKey empty where it stays in its project
  void update(
      Handle db, long key, Optional<Long> projectKey, WorkspaceSettings settings, Instant now) {
    settings(db.createUpdate(UPDATE), settings)
        .bind("key", key)
        .bind("project", projectKey.orElse(null))
        .bind("now", now)
        .execute();
  }

  /// @param link empty for nothing
  void follow(Handle db, long key, Optional<VcsRepo.Link> link) {
    db.createUpdate(FOLLOW)
        .bind("key", key)
        .bind("repository", link.map(VcsRepo.Link::repositoryKey).orElse(null))
        .bind("displayIdentifier", link.map(VcsRepo.Link::displayIdentifier).orElse(null))
        .bind("branch", link.map(VcsRepo.Link::branch).orElse(""))
        .bind("submodules", link.map(VcsRepo.Link::ingressSubmodules).orElse(false))
        .bind("tags", link.map(VcsRepo.Link::tagsRegex).orElse(null))
        .execute();
  }

  boolean isNameTaken(Handle db, long organizationKey, String name, long exceptKey) {
    return db.createQuery(NAME_IS_TAKEN)
        .bind("organization", organizationKey)
        .bind("name", name)
        .bind("except", exceptKey)
        .mapTo(Boolean.class)
        .one();
  }

  void setLock(Handle db, long key, Workspace.@Nullable Lock lock, Instant now) {
    db.createUpdate(SET_LOCK)
        .bind("key", key)
        .bind("type", lock == null ? null : lock.type())
        .bind("id", lock == null ? null : lock.id())
        .bind("reason", lock == null ? null : lock.reason())
        .bind("now", now)
        .execute();
  }

  /// Whether it is not yet known what the current state manages.
  boolean isStateUnparsed(Handle db, long key) {
    return db.createQuery(STATE_IS_UNPARSED).bind("key", key).mapTo(Boolean.class).one();
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM workspaces WHERE id = :key").bind("key", key).execute();
  }

  private static <S extends SqlStatement<S>> S settings(S statement, WorkspaceSettings settings) {
    ExecutionMode mode = settings.executionMode();
    return statement
        .bind("name", settings.name())
        .bind("description", settings.description())
        .bind("executionMode", mode == null ? null : mode.wire())
        .bind("terraformVersion", settings.terraformVersion())
        .bind("workingDirectory", settings.workingDirectory())
        .bind("autoApply", settings.autoApply())
        .bind("autoApplyRunTrigger", settings.autoApplyRunTrigger())
        .bind("allowDestroyPlan", settings.allowDestroyPlan())
        .bind("assessmentsEnabled", settings.assessmentsEnabled())
        .bind("fileTriggersEnabled", settings.fileTriggersEnabled())
        .bind("globalRemoteState", settings.globalRemoteState())
        .bind("queueAllRuns", settings.queueAllRuns())
        .bind("speculativeEnabled", settings.speculativeEnabled())
        .bind("structuredRunOutputEnabled", settings.structuredRunOutputEnabled())
        .bindArray("triggerPrefixes", String.class, settings.triggerPrefixes())
        .bindArray("triggerPatterns", String.class, settings.triggerPatterns());
  }
}
