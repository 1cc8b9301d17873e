package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// SQL of which configurations from Git get a run, and when.
final class ArrivalStore {
  private static final String LOCK =
      """
      SELECT w.id FROM workspaces w
       WHERE w.id IN (SELECT workspace_id FROM configuration_versions
                       WHERE external_id = ANY (:ids))
       ORDER BY w.id FOR NO KEY UPDATE
      """;

  private static final String IS_OVERTAKEN =
      """
      SELECT EXISTS (
        SELECT FROM ingress_attributes i
               JOIN configuration_versions c ON c.id = i.configuration_version_id
               JOIN workspaces w ON w.id = c.workspace_id
               JOIN organizations o ON o.id = w.organization_id
               JOIN ingress_attributes newer
                 ON newer.vcs_repository_id = i.vcs_repository_id
                AND newer.pull_request_number = i.pull_request_number
                AND newer.webhook_delivery_id > i.webhook_delivery_id
                AND newer.commit_sha <> i.commit_sha
               JOIN configuration_versions n
                 ON n.id = newer.configuration_version_id AND n.workspace_id = c.workspace_id
         WHERE c.id = :configuration AND o.speculative_plan_management_enabled)
      """;

  private static final String TAKE_SPECULATIVE =
      """
      UPDATE ingress_attributes SET is_run_due = false
       WHERE configuration_version_id = :configuration AND is_run_due
      """;

  private static final String TAKE_IN_ORDER =
      """
      WITH taken AS (
        UPDATE ingress_attributes i SET is_run_due = false
          FROM configuration_versions c
         WHERE c.id = i.configuration_version_id AND i.is_run_due AND NOT c.is_speculative
           AND c.status = 'uploaded' AND c.workspace_id = ANY (:workspaces)
           AND NOT EXISTS (
             SELECT FROM ingress_attributes e
                    JOIN configuration_versions before ON before.id = e.configuration_version_id
              WHERE e.is_run_due AND before.workspace_id = c.workspace_id
                AND NOT before.is_speculative AND before.status = 'fetching' AND before.id < c.id)
        RETURNING c.id, c.external_id)
      SELECT external_id FROM taken ORDER BY id
      """;

  /// Nobody else says what is due in the workspaces of these until the transaction ends.
  List<Long> lockWorkspaces(Handle db, Collection<ConfigurationVersionId> ids) {
    return db.createQuery(LOCK)
        .bindArray("ids", String.class, ids.stream().map(ConfigurationVersionId::value).toList())
        .mapTo(Long.class)
        .list();
  }

  /// Whether the plan of this pull request's commit would be canceled at once.
  boolean isOvertaken(Handle db, long configurationKey) {
    return db.createQuery(IS_OVERTAKEN)
        .bind("configuration", configurationKey)
        .mapTo(Boolean.class)
        .one();
  }

  /// False when its run has been queued.
  boolean takeSpeculative(Handle db, long configurationKey) {
    return db.createUpdate(TAKE_SPECULATIVE).bind("configuration", configurationKey).execute() == 1;
  }

  /// Those whose turn it is, which nobody gets twice.
  List<ConfigurationVersionId> takeInOrder(Handle db, List<Long> workspaces) {
    return db.createQuery(TAKE_IN_ORDER)
        .bindArray("workspaces", Long.class, workspaces)
        .map((row, _) -> new ConfigurationVersionId(row.getString(1)))
        .list();
  }
}
