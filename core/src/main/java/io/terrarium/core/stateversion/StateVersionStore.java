package io.terrarium.core.stateversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.jsonapi.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of state versions.
final class StateVersionStore {
  private static final String INSERT =
      """
      INSERT INTO state_versions (external_id, workspace_id, run_id, status, serial, lineage, md5,
        bytes, object_id, json_object_id, created_by_user_id, created_at)
      VALUES (:id, :workspace, :run, :status, :serial, :lineage, :md5, :bytes, :object, :jsonObject,
        :user, :now)
      RETURNING id
      """;

  private static final String FINALIZE =
      """
      UPDATE state_versions
         SET status = 'finalized', object_id = :object, bytes = :bytes,
             md5 = coalesce(md5, :md5), lock_version = lock_version + 1
       WHERE external_id = :id AND status = 'pending'
      """;

  // A late upload does not displace what came after it.
  private static final String MAKE_CURRENT =
      """
      UPDATE workspaces
         SET current_state_version_id = :key, latest_change_at = :now,
             lock_version = lock_version + 1
       WHERE id = :workspace
         AND (current_state_version_id IS NULL OR current_state_version_id < :key)
      """;

  // Serial and lineage of what an apply uploaded are those of the file; clients, whose states are
  // under `states/`, say theirs themselves.
  private static final String PARSED =
      """
      UPDATE state_versions
         SET state_format = :format, terraform_version = :terraformVersion,
             resources_processed = true, resource_count = :count, resources = :resources::jsonb,
             modules = :modules::jsonb, providers = :providers::jsonb,
             serial = CASE WHEN object_id LIKE 'states/%' THEN serial ELSE :serial END,
             lineage = CASE WHEN object_id LIKE 'states/%' THEN coalesce(lineage, :lineage)
                            ELSE :lineage END,
             lock_version = lock_version + 1
       WHERE id = :key
      """;

  private static final String COUNT_RESOURCES =
      "UPDATE workspaces SET resource_count = :count WHERE current_state_version_id = :key";

  private static final String RUN_OF_WORKSPACE =
      "SELECT id FROM runs WHERE external_id = :run AND workspace_id = :workspace";

  private static final String AUTHOR_OF_RUN =
      "SELECT created_by_user_id FROM runs WHERE id = :run AND created_by_user_id IS NOT NULL";

  /// A resource in the `resources` attribute of a state version.
  private record ResourceSummary(
      String name, String type, int count, String module, String provider) {
    static ResourceSummary of(ParsedState.Resource resource) {
      return new ResourceSummary(
          resource.name(),
          resource.mode().equals("data") ? "data." + resource.type() : resource.type(),
          resource.count(),
          resource.module(),
          "provider[\"" + resource.provider() + "\"]");
    }
  }

  /// What is inserted.
  record Row(
      StateVersionId id,
      long workspaceKey,
      @Nullable Long runKey,
      StateVersion.Status status,
      long serial,
      @Nullable String lineage,
      @Nullable String md5,
      long bytes,
      @Nullable String object,
      @Nullable String jsonObject,
      @Nullable Long userKey) {}

  long insert(Handle db, Row row, Instant now) {
    return db.createQuery(INSERT)
        .bind("id", row.id().value())
        .bind("workspace", row.workspaceKey())
        .bind("run", row.runKey())
        .bind("status", row.status().wire())
        .bind("serial", row.serial())
        .bind("lineage", row.lineage())
        .bind("md5", row.md5())
        .bind("bytes", row.bytes())
        .bind("object", row.object())
        .bind("jsonObject", row.jsonObject())
        .bind("user", row.userKey())
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  /// Notes that a state is an earlier one again.
  void setRollback(Handle db, StateVersionId id, long earlierKey) {
    db.createUpdate(
            "UPDATE state_versions SET rollback_state_version_id = :earlier"
                + " WHERE external_id = :id")
        .bind("earlier", earlierKey)
        .bind("id", id.value())
        .execute();
  }

  Optional<StateVersion> find(Handle db, StateVersionId id) {
    return db.createQuery(StateVersionRow.SELECT + " WHERE s.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> StateVersionRow.read(row))
        .findOne();
  }

  /// Those that are there.
  List<StateVersion> findAll(Handle db, List<StateVersionId> ids) {
    return db.createQuery(
            StateVersionRow.SELECT + " WHERE s.external_id = ANY (:ids) ORDER BY s.id")
        .bindArray("ids", String.class, ids.stream().map(StateVersionId::value).toList())
        .map((row, _) -> StateVersionRow.read(row))
        .list();
  }

  Optional<StateVersion> current(Handle db, long workspaceKey) {
    return db.createQuery(
            StateVersionRow.SELECT
                + " WHERE w.id = :workspace AND s.id = w.current_state_version_id")
        .bind("workspace", workspaceKey)
        .map((row, _) -> StateVersionRow.read(row))
        .findOne();
  }

  List<StateVersion> list(Handle db, long workspaceKey, List<String> statuses, Page page) {
    return db.createQuery(
            StateVersionRow.SELECT
                + " WHERE s.workspace_id = :workspace"
                + " AND (cardinality(:statuses) = 0 OR s.status = ANY (:statuses))"
                + " ORDER BY s.id DESC LIMIT :limit OFFSET :offset")
        .bind("workspace", workspaceKey)
        .bindArray("statuses", String.class, statuses)
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> StateVersionRow.read(row))
        .list();
  }

  long count(Handle db, long workspaceKey, List<String> statuses) {
    return db.createQuery(
            "SELECT count(*) FROM state_versions WHERE workspace_id = :workspace"
                + " AND (cardinality(:statuses) = 0 OR status = ANY (:statuses))")
        .bind("workspace", workspaceKey)
        .bindArray("statuses", String.class, statuses)
        .mapTo(Long.class)
        .one();
  }

  Optional<Long> runOfWorkspace(Handle db, long workspaceKey, RunId run) {
    return db.createQuery(RUN_OF_WORKSPACE)
        .bind("run", run.value())
        .bind("workspace", workspaceKey)
        .mapTo(Long.class)
        .findOne();
  }

  Optional<Long> authorOfRun(Handle db, long runKey) {
    return db.createQuery(AUTHOR_OF_RUN).bind("run", runKey).mapTo(Long.class).findOne();
  }

  /// False when it was not pending any more.
  boolean finalizePending(Handle db, StateVersionId id, ObjectFacts stored) {
    return db.createUpdate(FINALIZE)
            .bind("id", id.value())
            .bind("object", stored.objectId())
            .bind("bytes", stored.bytes())
            .bind("md5", stored.md5())
            .execute()
        == 1;
  }

  void setJson(Handle db, StateVersionId id, String object) {
    db.createUpdate(
            "UPDATE state_versions SET json_object_id = :object WHERE external_id = :id"
                + " AND json_object_id IS NULL")
        .bind("id", id.value())
        .bind("object", object)
        .execute();
  }

  void makeCurrent(Handle db, long workspaceKey, long key, Instant now) {
    db.createUpdate(MAKE_CURRENT)
        .bind("workspace", workspaceKey)
        .bind("key", key)
        .bind("now", now)
        .execute();
  }

  void unreadable(Handle db, StateVersionId id) {
    db.createUpdate(
            "UPDATE state_versions SET resources_processed = true, lock_version = lock_version + 1"
                + " WHERE external_id = :id")
        .bind("id", id.value())
        .execute();
  }

  void parsed(Handle db, long key, ParsedState parsed) {
    db.createUpdate(PARSED)
        .bind("key", key)
        .bind("format", parsed.stateFormat())
        .bind("terraformVersion", parsed.terraformVersion())
        .bind("count", parsed.resourceCount())
        .bind("resources", json(parsed.resources().stream().map(ResourceSummary::of).toList()))
        .bind("modules", json(parsed.modules()))
        .bind("providers", json(parsed.providers()))
        .bind("serial", parsed.serial())
        .bind("lineage", parsed.lineage())
        .execute();
    db.createUpdate(COUNT_RESOURCES)
        .bind("key", key)
        .bind("count", parsed.resourceCount())
        .execute();
  }

  static String json(Object value) {
    try {
      return Json.SNAKE.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was parsed is always JSON", e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return Json.SNAKE.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds JSON", e);
    }
  }
}
