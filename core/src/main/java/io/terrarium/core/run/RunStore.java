package io.terrarium.core.run;

import io.terrarium.contracts.id.ApplyId;
import io.terrarium.contracts.id.PlanId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccessSql;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of single runs. Lists are in [RunListStore].
final class RunStore {
  private static final String FIND = RunRow.SELECT + " WHERE r.external_id = :id";
  private static final String FIND_BY_KEY = RunRow.SELECT + " WHERE r.id = :key";

  private static final String IS_REACHED =
      " WHERE r.external_id = :id AND " + WorkspaceAccessSql.IS_OPEN;
  private static final String FIND_WHOLE = RunRow.SELECT_WHOLE + IS_REACHED;
  private static final String LOCK_WITH_ACCESS =
      RunRow.SELECT_WITH_ACCESS + IS_REACHED + " FOR UPDATE OF r";

  private static final String INSERT =
      """
      INSERT INTO runs (external_id, organization_id, workspace_id, configuration_version_id, status,
        operation, message, source, trigger_reason, is_destroy, refresh, refresh_only, auto_apply,
        allow_empty_apply, allow_config_generation, plan_only, save_plan, debugging_mode,
        structured_log, target_addrs, replace_addrs, variables_ciphertext,
        pinned_variables_ciphertext, terraform_version, priority, status_timestamps,
        status_changed_at, created_by_user_id, created_at)
      SELECT :id, :organization, :workspace, c.id, 'pending', :operation, :message, :source, :trigger,
        :destroy, :refresh, :refreshOnly, :autoApply, :emptyApply, :generate, :planOnly, :savePlan,
        :debugging, :structured, :targets, :replacements, :variables, :pinned, :version, :priority,
        :timestamps::jsonb, :now, :user, :now
        FROM configuration_versions c WHERE c.id = :configuration
      RETURNING id
      """;

  private static final String INSERT_PHASES =
      """
      INSERT INTO phases (external_id, run_id, phase, status)
      VALUES (:plan, :run, 'plan', 'pending'), (:apply, :run, 'apply', 'pending')
      """;

  // In the order of their names, so that two of one workspace do not wait for each other.
  private static final String REPLACE_STATUS =
      """
      WITH moved AS (
        UPDATE runs
           SET status = :status, status_timestamps = :timestamps::jsonb, status_changed_at = :now,
               lock_version = lock_version + 1
         WHERE id = :key AND lock_version = :version
        RETURNING workspace_id)
      INSERT INTO run_counters (workspace_id, status, operation, runs)
      SELECT moved.workspace_id, step.status, :operation, step.runs
        FROM moved, (VALUES (:before, -1), (:status, 1)) AS step (status, runs)
       ORDER BY step.status
      ON CONFLICT (workspace_id, status, operation)
      DO UPDATE SET runs = run_counters.runs + excluded.runs
      """;

  private static final String COUNT_NEW =
      """
      INSERT INTO run_counters (workspace_id, status, operation, runs)
      VALUES (:workspace, :status, :operation, 1)
      ON CONFLICT (workspace_id, status, operation)
      DO UPDATE SET runs = run_counters.runs + 1
      """;

  /// Those that are there.
  List<Run> findAll(Handle db, List<RunId> ids) {
    return db.createQuery(RunRow.SELECT + " WHERE r.external_id = ANY (:ids) ORDER BY r.id")
        .bindArray("ids", String.class, ids.stream().map(RunId::value).toList())
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  List<Run> findAllByKey(Handle db, List<Long> keys) {
    return db.createQuery(RunRow.SELECT + " WHERE r.id = ANY (:keys)")
        .bindArray("keys", Long.class, keys)
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  Optional<Run> find(Handle db, RunId id) {
    return db.createQuery(FIND).bind("id", id.value()).map((row, _) -> RunRow.read(row)).findOne();
  }

  /// With what the caller may do there; whether that is to see it, the asker decides.
  Optional<VisibleRun> find(Handle db, Principal caller, RunId id) {
    return WorkspaceAccessSql.bind(db.createQuery(FIND_WHOLE), caller)
        .bind("id", id.value())
        .map((row, _) ->
            new VisibleRun(
                RunRow.read(row), WorkspaceAccessSql.read(caller, row), RunEventStore.ids(row)))
        .findOne();
  }

  /// As [#find(Handle, Principal, RunId)], and nobody else moves it until the transaction ends.
  Optional<VisibleRun> findForUpdate(Handle db, Principal caller, RunId id) {
    lockWorkspaceOf(db, id);
    return WorkspaceAccessSql.bind(db.createQuery(LOCK_WITH_ACCESS), caller)
        .bind("id", id.value())
        .map((row, _) -> new VisibleRun(RunRow.read(row), WorkspaceAccessSql.read(caller, row)))
        .findOne();
  }

  // Locks are taken in one order everywhere: the workspace, then the run, then its phases. A move
  // may end in the next run's turn or the discard of a saved plan, and counts the workspace's runs:
  // two that each held a run and wanted the workspace would wait for each other. No stronger than
  // an UPDATE's lock, so that inserts which refer to the workspace need not wait.
  private static final String LOCK_WORKSPACE_OF =
      """
      SELECT w.id FROM workspaces w
       WHERE w.id = (SELECT r.workspace_id FROM runs r WHERE r.external_id = :run)
         FOR NO KEY UPDATE
      """;

  /// Holds the run's workspace and its row until the transaction ends, so that moves come one after
  /// another.
  Optional<Run> findForUpdate(Handle db, RunId id) {
    lockWorkspaceOf(db, id);
    return db.createQuery(FIND + " FOR UPDATE OF r")
        .bind("id", id.value())
        .map((row, _) -> RunRow.read(row))
        .findOne();
  }

  private static void lockWorkspaceOf(Handle db, RunId id) {
    db.createQuery(LOCK_WORKSPACE_OF).bind("run", id.value()).mapTo(Long.class).findOne();
  }

  /// As the other.
  Optional<Run> findForUpdate(Handle db, long key) {
    return find(db, key).flatMap(run -> findForUpdate(db, run.id()));
  }

  Optional<Run> find(Handle db, long key) {
    return db.createQuery(FIND_BY_KEY).bind("key", key).map((row, _) -> RunRow.read(row)).findOne();
  }

  /// Facts of a new run that are no options of it.
  record Insert(
      RunId id,
      PlanId planId,
      ApplyId applyId,
      long organizationKey,
      long workspaceKey,
      long configurationVersionKey,
      int priority,
      @Nullable String variablesCiphertext,
      String pinnedVariables,
      @Nullable Long userKey,
      Instant now) {}

  long insert(Handle db, Insert run, RunOptions options, StatusTimestamps timestamps) {
    long key =
        db.createQuery(INSERT)
            .bind("id", run.id().value())
            .bind("organization", run.organizationKey())
            .bind("workspace", run.workspaceKey())
            .bind("configuration", run.configurationVersionKey())
            .bind("operation", RunOperation.of(options).wire())
            .bind("message", options.message())
            .bind("source", options.source())
            .bind("trigger", options.triggerReason())
            .bind("destroy", options.destroy())
            .bind("refresh", options.refresh())
            .bind("refreshOnly", options.refreshOnly())
            .bind("autoApply", options.autoApply())
            .bind("emptyApply", options.allowEmptyApply())
            .bind("generate", options.allowConfigGeneration())
            .bind("planOnly", options.planOnly())
            .bind("savePlan", options.savePlan())
            .bind("debugging", options.debuggingMode())
            .bind("structured", options.structuredLog())
            .bind("targets", array(options.targets()))
            .bind("replacements", array(options.replacements()))
            .bind("variables", run.variablesCiphertext())
            .bind("pinned", run.pinnedVariables())
            .bind("version", options.terraformVersion())
            .bind("priority", run.priority())
            .bind("timestamps", timestamps.json())
            .bind("now", run.now())
            .bind("user", run.userKey())
            .mapTo(Long.class)
            .one();
    db.createUpdate(INSERT_PHASES)
        .bind("plan", run.planId().value())
        .bind("apply", run.applyId().value())
        .bind("run", key)
        .execute();
    db.createUpdate(COUNT_NEW)
        .bind("workspace", run.workspaceKey())
        .bind("status", RunStatus.PENDING.wire())
        .bind("operation", RunOperation.of(options).wire())
        .execute();
    return key;
  }

  /// Writes the status of `after`, unless somebody has moved the run on since `before` was read.
  boolean replace(Handle db, Run before, Run after, Instant now) {
    return db.createUpdate(REPLACE_STATUS)
            .bind("status", after.status().wire())
            .bind("timestamps", after.timestamps().json())
            .bind("now", now)
            .bind("key", before.key())
            .bind("version", before.lockVersion())
            .bind("before", before.status().wire())
            .bind("operation", RunOperation.of(before.options()).wire())
            .execute()
        > 0;
  }

  /// Whether an apply in the run's workspace queues runs in others.
  boolean triggersOthers(Handle db, Run run) {
    return db.createQuery(
            "SELECT EXISTS (SELECT FROM run_triggers WHERE source_workspace_id = :workspace)")
        .bind("workspace", run.workspaceKey())
        .mapTo(Boolean.class)
        .one();
  }

  void setHasChanges(Handle db, long key, boolean hasChanges) {
    db.createUpdate("UPDATE runs SET has_changes = :changes WHERE id = :key")
        .bind("changes", hasChanges)
        .bind("key", key)
        .execute();
  }

  void setConfirmedBy(Handle db, long key, @Nullable Long userKey) {
    db.createUpdate("UPDATE runs SET confirmed_by_user_id = :user WHERE id = :key")
        .bind("user", userKey)
        .bind("key", key)
        .execute();
  }

  private static final String SET_CANCELED =
      """
      UPDATE runs SET cancel_wish = CASE WHEN cancel_wish = 'kill' THEN 'kill' ELSE :wish END,
             canceled_at = coalesce(canceled_at, :now),
             canceled_by_user_id = coalesce(canceled_by_user_id, :user),
             force_cancel_available_at = coalesce(force_cancel_available_at, :forceAt)
       WHERE id = :key
      """;

  /// A cancel by somebody.
  ///
  /// @param forceAt when it may be done by force
  record Cancel(Run.@Nullable CancelWish wish, Instant now, Instant forceAt, @Nullable Long user) {}

  void setCanceled(Handle db, long key, Cancel cancel) {
    Run.CancelWish wish = cancel.wish();
    db.createUpdate(SET_CANCELED)
        .bind("wish", wish == null ? null : wish.name().toLowerCase(Locale.ROOT))
        .bind("now", cancel.now())
        .bind("forceAt", cancel.forceAt())
        .bind("user", cancel.user())
        .bind("key", key)
        .execute();
  }

  void setOutOfTime(Handle db, long key) {
    db.createUpdate("UPDATE runs SET cancel_wish = 'kill' WHERE id = :key")
        .bind("key", key)
        .execute();
  }

  void setForceCanceled(Handle db, long key, Instant now) {
    db.createUpdate(
            "UPDATE runs SET cancel_wish = 'kill', force_canceled_at = :now WHERE id = :key")
        .bind("now", now)
        .bind("key", key)
        .execute();
  }

  private static String @Nullable [] array(@Nullable List<String> texts) {
    return texts == null ? null : texts.toArray(String[]::new);
  }
}
