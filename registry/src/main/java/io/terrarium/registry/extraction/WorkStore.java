package io.terrarium.registry.extraction;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.kernel.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// SQL of the work on versions of modules. Any number of workers may share it: each claims what it
/// does. Should two have claimed the same after all, since one was slow, what is found first
/// counts: the same slug gives the same.
final class WorkStore {
  private static final String CLAIM =
      """
      UPDATE module_versions
         SET claim = gen_random_uuid(), due_at = now() + CAST(:lease AS interval),
             attempts = attempts + 1,
             crashes = crashes + CASE WHEN claim IS NULL THEN 0 ELSE 1 END
       WHERE id = (SELECT id FROM module_versions
                    WHERE NOT is_told AND due_at <= now()
                    ORDER BY due_at, id LIMIT 1
                      FOR UPDATE SKIP LOCKED)
      RETURNING id, external_id, object_id, status, error, claim, attempts, crashes, offered_at
      """;

  private static final String FINISH =
      """
      UPDATE module_versions
         SET status = :status, error = :error, attempts = 0, crashes = 0,
             due_at = now() + CAST(:lease AS interval)
       WHERE id = :id AND object_id = :objectId AND status = 'pending'
      """;

  private static final String INSERT_CONTENT =
      """
      INSERT INTO module_contents
             (module_version_id, path, readme, required_version, inputs, outputs, resources,
              provider_dependencies, module_calls)
      VALUES (:id, :path, :readme, :requiredVersion, CAST(:inputs AS jsonb),
              CAST(:outputs AS jsonb), CAST(:resources AS jsonb), CAST(:providers AS jsonb),
              CAST(:calls AS jsonb))
      """;

  private static final String TOLD =
      """
      UPDATE module_versions SET is_told = true, claim = NULL, refusal = :refusal
       WHERE id = :id AND object_id = :objectId AND status <> 'pending'
      """;

  private static final String RENEW =
      """
      UPDATE module_versions SET due_at = now() + CAST(:lease AS interval)
       WHERE id = :id AND claim = :claim
      """;

  private static final String POSTPONE =
      """
      UPDATE module_versions SET claim = NULL, due_at = now() + CAST(:wait AS interval)
       WHERE id = :id AND claim = :claim
      """;

  /// A version that this worker alone works on.
  ///
  /// @param attempts since the last step forward, this one included
  /// @param crashes how many workers have ended over it
  record Claimed(
      long id,
      ModuleVersionId moduleVersionId,
      String objectId,
      ExtractionStatus status,
      @Nullable String error,
      UUID claim,
      int attempts,
      int crashes,
      Instant offeredAt) {
    Claimed ended(ExtractionStatus how, @Nullable String why) {
      return new Claimed(
          id, moduleVersionId, objectId, how, why, claim, attempts, crashes, offeredAt);
    }
  }

  /// What has waited longest, until `lease` is over.
  Optional<Claimed> claim(Handle db, Duration lease) {
    return db.createQuery(CLAIM)
        .bind("lease", lease.toString())
        .map((row, _) ->
            new Claimed(
                row.getLong("id"),
                new ModuleVersionId(row.getString("external_id")),
                row.getString("object_id"),
                ExtractionStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("error"),
                row.getObject("claim", UUID.class),
                row.getInt("attempts"),
                row.getInt("crashes"),
                row.getObject("offered_at", OffsetDateTime.class).toInstant()))
        .findOne();
  }

  /// It is still worked on.
  void renew(Handle db, Claimed claimed, Duration lease) {
    db.createUpdate(RENEW)
        .bind("lease", lease.toString())
        .bind("id", claimed.id())
        .bind("claim", claimed.claim())
        .execute();
  }

  /// Keeps what was found; false when somebody else did, or the slug is not that of the version any
  /// more.
  boolean finish(Handle db, Claimed ended, List<ModuleContent> contents, Duration lease) {
    int updated =
        db.createUpdate(FINISH)
            .bind("status", ended.status().wire())
            .bind("error", ended.error())
            .bind("lease", lease.toString())
            .bind("id", ended.id())
            .bind("objectId", ended.objectId())
            .execute();
    if (updated == 0) {
      return false;
    }
    db.createUpdate("DELETE FROM module_contents WHERE module_version_id = :id")
        .bind("id", ended.id())
        .execute();
    insert(db, ended.id(), contents);
    return true;
  }

  private static void insert(Handle db, long version, List<ModuleContent> contents) {
    PreparedBatch batch = db.prepareBatch(INSERT_CONTENT);
    for (ModuleContent content : contents) {
      batch
          .bind("id", version)
          .bind("path", content.path())
          .bind("readme", content.readme())
          .bind("requiredVersion", content.requiredVersion())
          .bind("inputs", json(content.inputs()))
          .bind("outputs", json(content.outputs()))
          .bind("resources", json(content.resources()))
          .bind("providers", json(content.providerDependencies()))
          .bind("calls", json(content.moduleCalls()))
          .add();
    }
    batch.execute();
  }

  /// @param refusal why atlas does not want to know, if so
  void told(Handle db, Claimed claimed, @Nullable String refusal) {
    db.createUpdate(TOLD)
        .bind("refusal", refusal)
        .bind("id", claimed.id())
        .bind("objectId", claimed.objectId())
        .execute();
  }

  void postpone(Handle db, Claimed claimed, Duration wait) {
    db.createUpdate(POSTPONE)
        .bind("wait", wait.toString())
        .bind("id", claimed.id())
        .bind("claim", claimed.claim())
        .execute();
  }

  private static String json(List<?> values) {
    try {
      return Json.SNAKE.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list is always JSON", e);
    }
  }
}
