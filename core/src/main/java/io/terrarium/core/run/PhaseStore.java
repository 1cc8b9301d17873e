package io.terrarium.core.run;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.kernel.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of plans and applies. Leases are compared with the database's clock alone.
final class PhaseStore {
  private static final String FIND = "SELECT * FROM phases WHERE external_id = :id";
  private static final String OF_RUN =
      "SELECT * FROM phases WHERE run_id = :run AND phase = :phase";

  private static final String MOVE =
      """
      UPDATE phases
         SET status = :status, lock_version = lock_version + 1,
             status_timestamps = status_timestamps || jsonb_build_object(:key::text, :now::text),
             lease_until = CASE WHEN :running THEN lease_until END
       WHERE id = :phase
      """;

  private static final String CLAIM =
      """
      UPDATE phases
         SET status = 'running', attempt = attempt + 1, worker = :worker, delivery = :delivery,
             claimed_at = now(),
             lease_until = now() + :lease * interval '1 second',
             deadline_at = coalesce(deadline_at, now() + :timeout * interval '1 second'),
             status_timestamps = status_timestamps || jsonb_build_object('started-at', :now::text),
             lock_version = lock_version + 1
       WHERE id = :phase
      RETURNING *
      """;

  private static final String RENEW =
      """
      UPDATE phases p SET lease_until = now() + :lease * interval '1 second'
        FROM runs r
       WHERE p.external_id = :id AND p.attempt = :attempt AND p.worker = :worker
         AND p.status = 'running' AND r.id = p.run_id
      RETURNING r.cancel_wish
      """;

  private static final String RELEASE =
      """
      UPDATE phases SET command = command + 1, released_at = now(), worker = NULL,
             delivery = NULL, lease_until = NULL, lock_version = lock_version + 1
       WHERE id = :phase
      RETURNING command
      """;

  private static final String FINISH_PLAN =
      """
      UPDATE phases SET has_changes = :changes, resource_additions = :additions,
             resource_changes = :updates, resource_destructions = :destructions,
             resource_imports = :imports, generated_configuration = :generated,
             has_schemas = :schemas
       WHERE id = :phase
      """;

  private static final String KEEP_STATE =
      """
      UPDATE phases SET state_object_id = :object, state_attempt = :attempt, state_bytes = :bytes,
             state_md5 = :md5
       WHERE external_id = :id AND attempt = :attempt AND status = 'running'
      """;

  private static final String KEEP_ERRORED_STATE =
      """
      UPDATE phases SET errored_state_object_id = :object
       WHERE id = :phase AND backing_data <> 'backing_data_permanently_deleted'
      """;

  Optional<RunPhase> find(Handle db, String id) {
    return db.createQuery(FIND).bind("id", id).map((row, _) -> PhaseRow.read(row)).findOne();
  }

  /// Those that are there.
  List<RunPhase> findAll(Handle db, List<String> ids) {
    return db.createQuery("SELECT * FROM phases WHERE external_id = ANY (:ids) ORDER BY id")
        .bindArray("ids", String.class, ids)
        .map((row, _) -> PhaseRow.read(row))
        .list();
  }

  /// Holds the row until the transaction ends, so that claims and ends come one after another.
  Optional<RunPhase> findForUpdate(Handle db, String id) {
    return db.createQuery(FIND + " FOR UPDATE")
        .bind("id", id)
        .map((row, _) -> PhaseRow.read(row))
        .findOne();
  }

  RunPhase ofRun(Handle db, long runKey, Phase phase) {
    return db.createQuery(OF_RUN)
        .bind("run", runKey)
        .bind("phase", phase.wire())
        .map((row, _) -> PhaseRow.read(row))
        .one();
  }

  /// The state versions that runs have made, the oldest first.
  Map<Long, List<StateVersionId>> statesOf(Handle db, List<Long> runKeys) {
    return db.createQuery(
            "SELECT run_id, external_id FROM state_versions WHERE run_id = ANY (:runs) ORDER BY id")
        .bindArray("runs", Long.class, runKeys)
        .reduceRows(
            new HashMap<>(),
            (all, row) -> {
              all.computeIfAbsent(row.getColumn("run_id", Long.class), _ -> new ArrayList<>())
                  .add(new StateVersionId(row.getColumn("external_id", String.class)));
              return all;
            });
  }

  void move(Handle db, RunPhase phase, RunPhase.Status status, Instant now) {
    db.createUpdate(MOVE)
        .bind("status", status.wire())
        .bind("key", status.wire() + "-at")
        .bind("now", Json.format(now))
        .bind("running", status == RunPhase.Status.RUNNING)
        .bind("phase", phase.key())
        .execute();
  }

  /// Who claims a phase: a worker, for one delivery of its command.
  record Claimant(String worker, @Nullable String delivery) {}

  RunPhase claim(
      Handle db,
      RunPhase phase,
      Claimant claimant,
      Duration lease,
      int timeoutSeconds,
      Instant now) {
    return db.createQuery(CLAIM)
        .bind("worker", claimant.worker())
        .bind("delivery", claimant.delivery())
        .bind("lease", lease.toSeconds())
        .bind("timeout", timeoutSeconds)
        .bind("now", Json.format(now))
        .bind("phase", phase.key())
        .map((row, _) -> PhaseRow.read(row))
        .one();
  }

  /// What is left of the time that its first claim began, at least a second.
  int secondsLeft(Handle db, RunPhase phase) {
    return db.createQuery(
            "SELECT greatest(1, ceil(extract(epoch FROM deadline_at - now())))::integer"
                + " FROM phases WHERE id = :phase")
        .bind("phase", phase.key())
        .mapTo(Integer.class)
        .one();
  }

  boolean isLeased(Handle db, RunPhase phase) {
    return db.createQuery(
            "SELECT lease_until IS NOT NULL AND lease_until > now() FROM phases WHERE id = :phase")
        .bind("phase", phase.key())
        .mapTo(Boolean.class)
        .one();
  }

  boolean isHeldBy(Handle db, RunPhase phase, Claimant claimant) {
    return db.createQuery(
            "SELECT (status = 'running' AND worker = :worker AND delivery = :delivery) IS TRUE"
                + " FROM phases WHERE id = :phase")
        .bind("worker", claimant.worker())
        .bind("delivery", claimant.delivery())
        .bind("phase", phase.key())
        .mapTo(Boolean.class)
        .one();
  }

  /// Prolongs a claim; empty when it is lost.
  Optional<String> renew(Handle db, String id, int attempt, String worker, Duration lease) {
    return db.createQuery(RENEW)
        .bind("id", id)
        .bind("attempt", attempt)
        .bind("worker", worker)
        .bind("lease", lease.toSeconds())
        .map((row, _) -> Optional.ofNullable(row.getString(1)).orElse(""))
        .findOne();
  }

  /// Counts one more command sent out.
  int release(Handle db, RunPhase phase) {
    return db.createQuery(RELEASE).bind("phase", phase.key()).mapTo(Integer.class).one();
  }

  void finishPlan(Handle db, RunPhase phase, BuildEvent.PlanSummary plan) {
    setCounts(db, phase, plan);
  }

  void finishApply(Handle db, RunPhase phase, BuildEvent.Changes changes) {
    setCounts(db, phase, new BuildEvent.PlanSummary(true, changes, "", null, false));
  }

  private static void setCounts(Handle db, RunPhase phase, BuildEvent.PlanSummary plan) {
    BuildEvent.Changes changes = plan.changes();
    db.createUpdate(FINISH_PLAN)
        .bind("changes", plan.hasChanges())
        .bind("additions", changes.additions())
        .bind("updates", changes.changes())
        .bind("destructions", changes.destructions())
        .bind("imports", changes.imports())
        .bind("generated", plan.generatedConfiguration())
        .bind("schemas", plan.schemasStored())
        .bind("phase", phase.key())
        .execute();
  }

  void setTimings(Handle db, RunPhase phase, BuildEvent.Timings timings, @Nullable String error) {
    db.createUpdate(
            "UPDATE phases SET timings = :timings::jsonb, error_message = :error WHERE id = :phase")
        .bind("timings", Json.SNAKE.valueToTree(timings.commands()).toString())
        .bind("error", error)
        .bind("phase", phase.key())
        .execute();
  }

  /// Keeps the newest state of a running apply; false when the attempt is stale.
  boolean keepState(Handle db, String id, int attempt, RunPhase.UploadedState state) {
    return db.createUpdate(KEEP_STATE)
            .bind("object", state.objectId())
            .bind("bytes", state.bytes())
            .bind("md5", state.md5())
            .bind("id", id)
            .bind("attempt", attempt)
            .execute()
        == 1;
  }

  /// Keeps the state that an apply could not hand over; false when its files have been deleted.
  boolean keepErroredState(Handle db, RunPhase apply, String objectId) {
    return db.createUpdate(KEEP_ERRORED_STATE)
            .bind("object", objectId)
            .bind("phase", apply.key())
            .execute()
        == 1;
  }
}
