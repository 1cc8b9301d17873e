package io.terrarium.core.configurationversion;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ConfigurationVersionId;
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
      SELECT c.*, w.external_id AS workspace_external_id
        FROM configuration_versions c JOIN workspaces w ON w.id = c.workspace_id
      """;

  private static final String INSERT =
      """
      INSERT INTO configuration_versions (external_id, workspace_id, status, source, is_speculative,
        is_provisional, auto_queue_runs, created_by_user_id, created_at)
      VALUES (:id, :workspace, 'pending', :source, :speculative, :provisional, :autoQueue, :user, :now)
      """;

  private static final String UPLOADED =
      """
      UPDATE configuration_versions
         SET status = 'uploaded', object_id = :object, bytes = :bytes, sha256 = :sha256,
             status_timestamps = status_timestamps || jsonb_build_object('uploaded-at', :now::text),
             lock_version = lock_version + 1
       WHERE external_id = :id AND status = 'pending'
      """;

  void insert(
      Handle db,
      ConfigurationVersionId id,
      long workspaceKey,
      ConfigurationVersions.New asked,
      @Nullable Long userKey,
      Instant now) {
    db.createUpdate(INSERT)
        .bind("id", id.value())
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
        StatusTimestamps.of(row.getString("status_timestamps")),
        row.getTimestamp("created_at").toInstant());
  }
}
