package io.terrarium.sidekiqworker;

import io.terrarium.kernel.database.Database;
import java.net.URI;
import java.util.List;

/// A repository on a plain Git server that workspaces of one organization follow, and what its hook
/// has sent.
final class Followed {
  private final Database database;

  Followed(Database database) {
    this.database = database;
    database.useTransaction(db -> {
      db.execute(
          """
          WITH organization AS (
            INSERT INTO organizations (external_id, name, email, created_at)
            VALUES ('org-1', 'acme', 'a@example.com', now()) RETURNING id),
          project AS (
            INSERT INTO projects (external_id, organization_id, name, is_default, created_at)
            SELECT 'prj-1', id, 'Default Project', true, now() FROM organization RETURNING id),
          client AS (
            INSERT INTO oauth_clients (external_id, organization_id, service_provider, http_url,
              callback_uuid, is_organization_scoped, created_at, updated_at)
            SELECT 'oc-1', organization.id, 'git', 'https://git.example.com', 'uuid', true, now(),
                   now()
              FROM organization, project RETURNING id),
          token AS (
            INSERT INTO oauth_tokens (external_id, oauth_client_id, created_at)
            SELECT 'ot-1', id, now() FROM client RETURNING id)
          INSERT INTO vcs_repositories (external_id, oauth_token_id, identifier, webhook_token,
            created_at)
          SELECT 'repo-1', id, 'lab/net.git', 'token', now() FROM token
          """);
    });
  }

  /// It is on a Gitea after all.
  void onGitea(URI address) {
    database.useTransaction(db -> {
      db.execute(
          "UPDATE oauth_clients SET service_provider = 'gitea', http_url = ?, api_url = ?",
          address.toString(),
          address.toString());
      db.execute("UPDATE oauth_tokens SET value_ciphertext = 'vault:v1:sealed'");
      db.execute("UPDATE vcs_repositories SET identifier = 'lab/net', hook_id = '7'");
    });
  }

  /// One more that follows it, and has had no run yet.
  ///
  /// @param settings more columns, as `name = value`; "" for none
  void follower(String name, String settings) {
    database.useTransaction(db -> {
      db.execute(
          """
          INSERT INTO workspaces (external_id, organization_id, project_id, name, terraform_version,
            global_remote_state, queue_all_runs, vcs_repository_id, created_at, updated_at,
            latest_change_at)
          SELECT 'ws-' || ?, p.organization_id, p.id, ?, '1.11.4', false, true, r.id, now(), now(),
                 now()
            FROM projects p, vcs_repositories r
          """,
          name,
          name);
      if (!settings.isEmpty()) {
        db.execute("UPDATE workspaces SET " + settings + " WHERE name = ?", name);
      }
    });
  }

  /// A later commit of the workspace, whose slug is there and whose run is not.
  void uploaded(String workspace) {
    database.useTransaction(db ->
        db.execute(
            """
            WITH made AS (
              INSERT INTO configuration_versions (external_id, workspace_id, status, source,
                is_speculative, is_provisional, auto_queue_runs, object_id, created_at)
              SELECT 'cv-uploaded', id, 'uploaded', 'git', false, false, true, 'slug', now()
                FROM workspaces WHERE name = ? RETURNING id)
            INSERT INTO ingress_attributes (external_id, configuration_version_id, vcs_repository_id,
              ingress_submodules, identifier, clone_url, commit_sha, is_run_due, told_at, created_at)
            SELECT 'ia-uploaded', made.id, r.id, false, r.identifier, 'https://git.example.com', ?,
                   true, now(), now()
              FROM made, vcs_repositories r
            """,
            workspace,
            HostEvents.SHA));
  }

  /// A run of a commit, whose plan has ended so.
  ///
  /// @param plan its status
  void planned(String id, String workspace, String plan) {
    database.useTransaction(db -> {
      db.execute(
          """
          WITH configuration AS (
            INSERT INTO configuration_versions (external_id, workspace_id, status, source,
              is_speculative, is_provisional, auto_queue_runs, created_at)
            SELECT 'cv-of-' || ?, id, 'uploaded', 'git', true, false, false, now()
              FROM workspaces WHERE name = ? RETURNING id, workspace_id),
          ingress AS (
            INSERT INTO ingress_attributes (external_id, configuration_version_id, vcs_repository_id,
              ingress_submodules, identifier, clone_url, commit_sha, is_run_due, told_at, created_at)
            SELECT 'ia-of-' || ?, c.id, r.id, false, r.identifier, 'https://git.example.com', ?,
                   false, now(), now()
              FROM configuration c, vcs_repositories r)
          INSERT INTO runs (external_id, organization_id, workspace_id, configuration_version_id,
            status, operation, message, source, trigger_reason, is_destroy, refresh, refresh_only,
            auto_apply, allow_empty_apply, allow_config_generation, plan_only, save_plan,
            debugging_mode, structured_log, terraform_version, priority, status_timestamps,
            status_changed_at, created_at)
          SELECT ?, o.id, c.workspace_id, c.id, 'planned', 'plan_only', '', 'tfe-configuration-version',
                 'vcs', false, true, false, false, false, false, true, false, false, false, '1.11.4',
                 2, '{}', now(), now()
            FROM configuration c, organizations o
          """,
          id,
          workspace,
          id,
          HostEvents.SHA,
          id);
      db.execute(
          "INSERT INTO phases (external_id, run_id, phase, status, resource_additions)"
              + " SELECT 'plan-of-' || external_id, id, 'plan', ?, 2 FROM runs WHERE external_id = ?",
          plan,
          id);
    });
  }

  /// What has come to the webhook.
  void delivery(String id, String events) {
    database.useTransaction(db ->
        db.execute(
            "INSERT INTO webhook_deliveries (external_id, vcs_repository_id, delivery_key, event,"
                + " received_at) SELECT ?, id, ?, ?::jsonb, now() FROM vcs_repositories",
            id,
            id,
            events));
  }

  /// The configurations of all workspaces, as `workspace/status/speculative/commit`, sorted.
  List<String> configurations() {
    return strings(
        """
        SELECT concat_ws('/', w.name, c.status, left(c.is_speculative::text, 1), left(i.commit_sha, 4))
          FROM configuration_versions c JOIN workspaces w ON w.id = c.workspace_id
               JOIN ingress_attributes i ON i.configuration_version_id = c.id
         ORDER BY 1
        """);
  }

  /// What people are told, in order.
  List<String> lines() {
    return strings("SELECT message FROM vcs_events ORDER BY id");
  }

  /// The deliveries that these lines come from, each once.
  List<String> causes() {
    return strings(
        "SELECT DISTINCT d.external_id FROM vcs_events e"
            + " LEFT JOIN webhook_deliveries d ON d.id = e.webhook_delivery_id");
  }

  String one(String query) {
    return strings(query).getFirst();
  }

  private List<String> strings(String query) {
    return database.read(db -> db.createQuery(query).mapTo(String.class).list());
  }
}
