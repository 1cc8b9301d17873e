package io.terrarium.core.run;

import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to phases whose worker is gone. Called by the sweeper only, one sweep at a time.
///
/// A claim ends when its worker has not beaten for the lease; before that the worker's supervisor
/// has ended terraform, so that a plan may be done again elsewhere, and an apply may be called lost
/// without anything running on behind our back.
public final class RunTimers {
  private static final Logger log = LoggerFactory.getLogger(RunTimers.class);
  private static final int PLAN_ATTEMPTS_MAX = 3;

  // The broker redelivers a dead worker's command by itself as a rule; we come after it.
  private static final String LOST =
      """
      SELECT external_id FROM phases
       WHERE status = 'running' AND lease_until < now() - interval '2 seconds'
       ORDER BY lease_until LIMIT 100
      """;

  private static final String OVERDUE =
      """
      SELECT external_id FROM phases
       WHERE status = 'running' AND deadline_at < now() - interval '2 minutes' LIMIT 100
      """;

  private final Database database;
  private final PhaseRelease release;
  private final RunSteps steps;
  private final RunStore runs = new RunStore();
  private final PhaseStore phases = new PhaseStore();

  RunTimers(Database database, PhaseRelease release, RunSteps steps) {
    this.database = database;
    this.release = release;
    this.steps = steps;
  }

  /// One sweep over all timers of runs.
  public void sweep() {
    for (String lost : due(LOST)) {
      database.useTransaction(db -> lost(db, lost));
    }
    for (String overdue : due(OVERDUE)) {
      database.useTransaction(db -> fail(db, overdue));
    }
  }

  private List<String> due(String query) {
    return database.read(db -> db.createQuery(query).mapTo(String.class).list());
  }

  private void lost(Handle db, String phaseId) {
    phases.find(db, phaseId).ifPresent(phase -> runs.findForUpdate(db, phase.runKey()));
    Optional<RunPhase> found = phases.findForUpdate(db, phaseId);
    if (found.isEmpty()
        || found.get().status() != RunPhase.Status.RUNNING
        || phases.isLeased(db, found.get())) {
      return;
    }
    RunPhase phase = found.get();
    Run run = runs.find(db, phase.runKey()).orElseThrow();
    log.atWarn()
        .addKeyValue("run_id", run.id())
        .addKeyValue("phase", phase.phase().wire())
        .addKeyValue("attempt", phase.attempt())
        .addKeyValue("worker", phase.worker())
        .log("worker lost");
    switch (phase.phase()) {
      case PLAN -> {
        if (run.cancelWish() != null) {
          steps.move(db, run, RunMove.CANCEL, null);
        } else if (phase.attempt() >= PLAN_ATTEMPTS_MAX) {
          steps.move(db, run, RunMove.FAIL, null);
        } else {
          release.release(db, run, phase);
        }
      }
      case APPLY ->
          steps.move(db, run, run.cancelWish() == null ? RunMove.FAIL : RunMove.CANCEL, null);
    }
  }

  private void fail(Handle db, String phaseId) {
    phases.find(db, phaseId).ifPresent(phase -> runs.findForUpdate(db, phase.runKey()));
    Optional<RunPhase> found = phases.findForUpdate(db, phaseId);
    if (found.isPresent() && found.get().status() == RunPhase.Status.RUNNING) {
      Run run = runs.find(db, found.get().runKey()).orElseThrow();
      log.atWarn().addKeyValue("run_id", run.id()).log("phase is past its time limit");
      steps.move(db, run, RunMove.FAIL, null);
    }
  }
}
