package io.terrarium.core.configurationversion;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.IngressAttributesId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.jsonapi.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of configuration versions.
final class ConfigurationVersionStore {
  private static final String SELECT =
      """
      SELECT c.*, w.external_id AS workspace_external_id, i.external_id AS ingress_external_id,
             i.identifier, coalesce(i.commit_message, i.pull_request_title) AS ingress_message
        FROM configuration_versions c JOIN workspaces w ON w.id = c.workspace_id
             LEFT JOIN ingress_attributes i ON i.configuration_version_id = c.id
      """;

  private static final String INSERT =
      """
      INSERT INTO configuration_versions (external_id, workspace_id, status, source, is_speculative,
        is_provisional, auto_queue_runs, created_by_user_id, status_timestamps, created_at)
      VALUES (:id, :workspace, :status, :source, :speculative, :provisional, :autoQueue, :user,
        :timestamps::jsonb, :now)
      """;

  private static final String UPLOADED =
      """
      UPDATE configuration_versions
         SET status = 'uploaded', object_id = :object, bytes = :bytes, sha256 = :sha256,
             status_timestamps = status_timestamps || jsonb_build_object('uploaded-at', :now::text),
             lock_version = lock_version + 1
       WHERE external_id = :id AND status IN ('pending', 'fetching')
      """;

  private static final String ERRORED =
      """
      UPDATE configuration_versions
         SET status = 'errored', error = :error, error_message = :message,
             status_timestamps = status_timestamps || jsonb_build_object('errored-at', :now::text),
             lock_version = lock_version + 1
       WHERE external_id = ANY (:ids) AND status = 'fetching'
      """;

  void insert(
      Handle db,
      ConfigurationVersionId id,
      long workspaceKey,
      ConfigurationVersion.Status status,
      ConfigurationVersions.New asked,
      @Nullable Long userKey,
      Instant now) {
    StatusTimestamps timestamps =
        status == ConfigurationVersion.Status.FETCHING
            ? StatusTimestamps.none().with("fetching-at", now)
            : StatusTimestamps.none();
    db.createUpdate(INSERT)
        .bind("id", id.value())
        .bind("status", status.wire())
        .bind("timestamps", timestamps.json())
        .bind("workspace", workspaceKey)
        .bind("source", asked.source())
        .bind("speculative", asked.speculative())
        .bind("provisional", asked.provisional())
        .bind("autoQueue", asked.autoQueueRuns())
        .bind("user", userKey)
        .bind("now", now)
        .execute();
  }

  Optional<ConfigurationVersion> find(Handle db, ConfigurationVersionId id) {
    return db.createQuery(SELECT + " WHERE c.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// As [#find], for a run that comes to be: nobody deletes its files until the transaction ends.
  Optional<ConfigurationVersion> findForRun(Handle db, ConfigurationVersionId id) {
    return db.createQuery(SELECT + " WHERE c.external_id = :id FOR SHARE OF c")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Those that are there.
  List<ConfigurationVersion> findAll(Handle db, List<ConfigurationVersionId> ids) {
    return db.createQuery(SELECT + " WHERE c.external_id = ANY (:ids) ORDER BY c.id")
        .bindArray("ids", String.class, ids.stream().map(ConfigurationVersionId::value).toList())
        .map((row, _) -> read(row))
        .list();
  }

  /// The newest one that a run of its own can use.
  Optional<ConfigurationVersion> newest(Handle db, long workspaceKey) {
    return db.createQuery(
            SELECT
                + " WHERE c.workspace_id = :workspace AND c.status = 'uploaded'"
                + " AND NOT c.is_speculative ORDER BY c.id DESC LIMIT 1 FOR SHARE OF c")
        .bind("workspace", workspaceKey)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// The newest one that was wished for from Git, for runs that may be applied, whatever became of
  /// it.
  Optional<ConfigurationVersion> newestFromGit(Handle db, long workspaceKey) {
    return db.createQuery(
            SELECT
                + " WHERE c.workspace_id = :workspace AND NOT c.is_speculative"
                + " AND i.id IS NOT NULL ORDER BY c.id DESC LIMIT 1")
        .bind("workspace", workspaceKey)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Whether [#newest] would find one.
  boolean hasUsable(Handle db, long workspaceKey) {
    return db.createQuery(
            "SELECT EXISTS (SELECT 1 FROM configuration_versions c"
                + " WHERE c.workspace_id = :workspace AND c.status = 'uploaded'"
                + " AND NOT c.is_speculative)")
        .bind("workspace", workspaceKey)
        .mapTo(Boolean.class)
        .one();
  }

  List<ConfigurationVersion> list(Handle db, long workspaceKey, Page page) {
    return db.createQuery(
            SELECT
                + " WHERE c.workspace_id = :workspace ORDER BY c.id DESC"
                + " LIMIT :limit OFFSET :offset")
        .bind("workspace", workspaceKey)
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> read(row))
        .list();
  }

  long count(Handle db, long workspaceKey) {
    return db.createQuery(
            "SELECT count(*) FROM configuration_versions WHERE workspace_id = :workspace")
        .bind("workspace", workspaceKey)
        .mapTo(Long.class)
        .one();
  }

  /// False when it had been uploaded before.
  boolean uploaded(Handle db, ObjectStored stored, Instant now) {
    return db.createUpdate(UPLOADED)
            .bind("object", stored.objectId())
            .bind("bytes", stored.bytes())
            .bind("sha256", stored.sha256())
            .bind("now", Json.format(now))
            .bind("id", stored.id())
            .execute()
        == 1;
  }

  /// Of those that are still being fetched.
  void errored(
      Handle db, List<ConfigurationVersionId> ids, String error, String message, Instant now) {
    db.createUpdate(ERRORED)
        .bindArray("ids", String.class, ids.stream().map(ConfigurationVersionId::value).toList())
        .bind("error", error)
        .bind("message", message)
        .bind("now", Json.format(now))
        .execute();
  }

  private static ConfigurationVersion.@Nullable Origin origin(ResultSet row) throws SQLException {
    String id = row.getString("ingress_external_id");
    return id == null
        ? null
        : new ConfigurationVersion.Origin(
            new IngressAttributesId(id),
            row.getString("identifier"),
            row.getString("ingress_message"));
  }

  private static ConfigurationVersion read(ResultSet row) throws SQLException {
    return new ConfigurationVersion(
        row.getLong("id"),
        new ConfigurationVersionId(row.getString("external_id")),
        row.getLong("workspace_id"),
        new WorkspaceId(row.getString("workspace_external_id")),
        ConfigurationVersion.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getString("source"),
        row.getBoolean("is_speculative"),
        row.getBoolean("is_provisional"),
        row.getBoolean("auto_queue_runs"),
        row.getString("error"),
        row.getString("error_message"),
        row.getString("object_id"),
        row.getString("sha256"),
        row.getObject("created_by_user_id", Long.class),
        origin(row),
        StatusTimestamps.of(row.getString("status_timestamps")),
        row.getTimestamp("created_at").toInstant());
  }
}
