package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.run.NewestCommit;
import io.terrarium.core.vcshost.VcsEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of what comes to webhooks, and of whom it is about.
final class WebhookStore {
  private static final String INSERT =
      """
      INSERT INTO webhook_deliveries (external_id, vcs_repository_id, delivery_key, event, received_at)
      VALUES (:id, :repository, :delivery, :event::jsonb, :now)
      ON CONFLICT (vcs_repository_id, delivery_key) DO NOTHING
      """;

  private static final String FOLLOWERS =
      """
      SELECT w.id, w.external_id, w.name, w.working_directory, w.file_triggers_enabled,
             w.trigger_prefixes, w.trigger_patterns, w.vcs_branch, w.vcs_ingress_submodules,
             w.vcs_tags_regex, w.speculative_enabled,
             w.queue_all_runs OR EXISTS (SELECT FROM runs r WHERE r.workspace_id = w.id) AS is_awake,
             o.speculative_plan_management_enabled,
             NOT o.aggregated_commit_status_enabled
               AND (o.send_passing_statuses_for_untriggered_speculative_plans
                    OR EXISTS (SELECT FROM general_settings g
                                WHERE g.send_passing_statuses_for_untriggered_speculative_plans))
               AS wants_passing_statuses
        FROM workspaces w JOIN organizations o ON o.id = w.organization_id
       WHERE w.vcs_repository_id = :repository
       ORDER BY w.id
      """;

  private static final String KNOWN =
      """
      SELECT c.workspace_id
        FROM ingress_attributes i JOIN configuration_versions c ON c.id = i.configuration_version_id
       WHERE i.vcs_repository_id = :repository AND i.commit_sha = :sha
         AND i.pull_request_number IS NOT DISTINCT FROM :number AND c.status <> 'errored'
      """;

  private static final String AHEAD =
      """
      SELECT DISTINCT c.workspace_id
        FROM ingress_attributes i JOIN configuration_versions c ON c.id = i.configuration_version_id
       WHERE i.vcs_repository_id = :repository AND i.webhook_delivery_id > :delivery
         AND i.pull_request_number IS NOT DISTINCT FROM :number AND c.status <> 'errored'
      """;

  private static final String NEWEST =
      """
      SELECT w.external_id, i.pull_request_number, i.commit_sha, i.webhook_delivery_id
        FROM ingress_attributes i JOIN configuration_versions c ON c.id = i.configuration_version_id
             JOIN workspaces w ON w.id = c.workspace_id
             JOIN organizations o ON o.id = w.organization_id
       WHERE c.external_id = ANY (:ids) AND o.speculative_plan_management_enabled
         AND i.pull_request_number IS NOT NULL AND i.commit_sha IS NOT NULL
         AND i.webhook_delivery_id IS NOT NULL
      """;

  private static final String STANDING =
      """
      SELECT c.organization_id, d.processed_at IS NOT NULL
        FROM webhook_deliveries d JOIN vcs_repositories r ON r.id = d.vcs_repository_id
             JOIN oauth_tokens t ON t.id = r.oauth_token_id
             JOIN oauth_clients c ON c.id = t.oauth_client_id
       WHERE d.external_id = :id
      """;

  /// What came.
  record Delivery(long key, long repositoryKey, List<VcsEvent> events, Instant receivedAt) {}

  /// False when it has come before.
  boolean insert(
      Handle db,
      WebhookDeliveryId id,
      long repositoryKey,
      String delivery,
      List<VcsEvent> events,
      Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("repository", repositoryKey)
            .bind("delivery", delivery)
            .bind("event", EventJson.write(events))
            .bind("now", now)
            .execute()
        == 1;
  }

  /// Whose a delivery is, and whether it is done with.
  record Standing(long organizationKey, boolean isProcessed) {}

  Optional<Standing> standing(Handle db, WebhookDeliveryId id) {
    return db.createQuery(STANDING)
        .bind("id", id.value())
        .map((row, _) -> new Standing(row.getLong(1), row.getBoolean(2)))
        .findOne();
  }

  /// Unless it is gone, or done with.
  Optional<Delivery> open(Handle db, WebhookDeliveryId id) {
    return open(db, id, "");
  }

  /// As [#open]; nobody else has it until the transaction ends.
  Optional<Delivery> openForUpdate(Handle db, WebhookDeliveryId id) {
    return open(db, id, " FOR UPDATE");
  }

  private static Optional<Delivery> open(Handle db, WebhookDeliveryId id, String lock) {
    return db.createQuery(
            "SELECT * FROM webhook_deliveries WHERE external_id = :id AND processed_at IS NULL"
                + lock)
        .bind("id", id.value())
        .map((row, _) ->
            new Delivery(
                row.getLong("id"),
                row.getLong("vcs_repository_id"),
                EventJson.read(row.getString("event")),
                row.getTimestamp("received_at").toInstant()))
        .findOne();
  }

  void processed(Handle db, long key, Instant now) {
    db.execute("UPDATE webhook_deliveries SET processed_at = ? WHERE id = ?", now, key);
  }

  List<Follower> followers(Handle db, long repositoryKey) {
    return db.createQuery(FOLLOWERS)
        .bind("repository", repositoryKey)
        .map((row, _) -> follower(row))
        .list();
  }

  /// The workspaces that have a commit already.
  ///
  /// @param pullRequest null for a push or a tag
  Set<Long> knowing(Handle db, long repositoryKey, String sha, @Nullable Long pullRequest) {
    return db.createQuery(KNOWN)
        .bind("repository", repositoryKey)
        .bind("sha", sha)
        .bind("number", pullRequest)
        .mapTo(Long.class)
        .set();
  }

  /// The workspaces that have what a later delivery told of.
  ///
  /// @param pullRequest null for a push or a tag
  Set<Long> ahead(Handle db, Delivery delivery, @Nullable Long pullRequest) {
    return db.createQuery(AHEAD)
        .bind("repository", delivery.repositoryKey())
        .bind("delivery", delivery.key())
        .bind("number", pullRequest)
        .mapTo(Long.class)
        .set();
  }

  /// Which commits of pull requests configurations are of, where they end older ones.
  List<NewestCommit> newest(Handle db, List<ConfigurationVersionId> ids) {
    return db.createQuery(NEWEST)
        .bindArray("ids", String.class, ids.stream().map(ConfigurationVersionId::value).toList())
        .map((row, _) ->
            new NewestCommit(
                new WorkspaceId(row.getString(1)),
                row.getLong(2),
                row.getString(3),
                row.getLong(4)))
        .list();
  }

  private static Follower follower(ResultSet row) throws SQLException {
    return new Follower(
        row.getLong("id"),
        new WorkspaceId(row.getString("external_id")),
        row.getString("name"),
        row.getString("vcs_branch"),
        row.getBoolean("vcs_ingress_submodules"),
        row.getString("vcs_tags_regex"),
        new Follower.FileRule(
            row.getBoolean("file_triggers_enabled"),
            row.getString("working_directory"),
            texts(row, "trigger_prefixes"),
            texts(row, "trigger_patterns")),
        row.getBoolean("is_awake"),
        row.getBoolean("speculative_enabled"),
        row.getBoolean("speculative_plan_management_enabled"),
        row.getBoolean("wants_passing_statuses"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
