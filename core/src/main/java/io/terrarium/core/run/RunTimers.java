package io.terrarium.core.run;

import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to phases whose worker, time or command is gone. Called by the sweeper only, one
/// sweep at a time.
///
/// A claim ends when its worker has not beaten for the lease; before that the worker's supervisor
/// has ended terraform, so that a plan may be done again elsewhere, and an apply may be called lost
/// without anything running on behind our back.
public final class RunTimers {
  private static final Logger log = LoggerFactory.getLogger(RunTimers.class);

  // The broker redelivers a dead worker's command by itself as a rule; we come after it.
  private static final String LOST =
      """
      SELECT external_id FROM phases
       WHERE status = 'running' AND lease_until < now() - interval '2 seconds'
       ORDER BY lease_until LIMIT 100
      """;

  private static final String OVERDUE =
      """
      SELECT p.external_id FROM phases p JOIN runs r ON r.id = p.run_id
       WHERE p.status = 'running' AND p.deadline_at < now() - interval '2 minutes'
         AND (p.lease_until IS NULL OR p.lease_until < now()
              OR r.cancel_wish IS DISTINCT FROM 'kill')
       LIMIT 100
      """;

  // A worker with a free slot takes what waits at the broker within seconds, so a command that
  // waits for minutes beside one is lost (a purged queue, a new broker, a parked message). Phases
  // that wait because all workers are busy, or whose job is still on its way to the broker, are
  // left alone. Each time waits twice as long as the last, up to half an hour, so that a slot that
  // has only just become free costs one command too many at most now and then; the claim makes it
  // harmless, and what was not lost keeps its place at the broker.
  private static final String UNHEARD =
      """
      SELECT p.external_id FROM phases p JOIN runs r ON r.id = p.run_id
       WHERE r.status IN ('queuing', 'plan_queued', 'planning', 'queuing_apply', 'apply_queued')
         AND p.status IN ('queued', 'running') AND p.lease_until IS NULL
         AND p.released_at < now() - power(2, least(p.command, 5)) * interval '1 minute'
         AND EXISTS (SELECT FROM workers
                      WHERE NOT draining AND free > 0 AND seen_at > now() - interval '15 seconds')
         AND NOT EXISTS (SELECT FROM outbox o WHERE o.flow = r.external_id AND o.phase = p.phase)
      """;

  private static final String UNHEARD_ALL = UNHEARD + " ORDER BY p.released_at, p.id LIMIT 100";
  private static final String UNHEARD_STILL = UNHEARD + " AND p.external_id = :phase";

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
      database.useTransaction(db -> overdue(db, overdue));
    }
    for (String unheard : due(UNHEARD_ALL)) {
      database.useTransaction(db -> sendAgain(db, unheard));
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
          steps.move(db, run, run.earlyEnd(), null);
        } else if (PhaseClaims.isTriedEnough(phase)) {
          steps.move(db, run, RunMove.FAIL, null);
        } else {
          release.release(db, run, phase);
        }
      }
      case APPLY ->
          steps.move(db, run, run.cancelWish() == null ? RunMove.FAIL : run.earlyEnd(), null);
    }
  }

  /// The worker has its own time limit, and has not heeded it. It is told to kill terraform; the
  /// workspace stays held until it has said so or its claim has lapsed, or else the next run would
  /// begin while terraform still writes.
  private void overdue(Handle db, String phaseId) {
    phases.find(db, phaseId).ifPresent(phase -> runs.findForUpdate(db, phase.runKey()));
    Optional<RunPhase> found = phases.findForUpdate(db, phaseId);
    if (found.isEmpty() || found.get().status() != RunPhase.Status.RUNNING) {
      return;
    }
    long key = found.get().runKey();
    runs.setOutOfTime(db, key);
    Run run = runs.find(db, key).orElseThrow();
    log.atWarn()
        .addKeyValue("run_id", run.id())
        .addKeyValue("phase", found.get().phase().wire())
        .log("phase is past its time limit");
    if (!phases.isLeased(db, found.get())) {
      steps.move(db, run, run.earlyEnd(), null);
    }
  }

  private void sendAgain(Handle db, String phaseId) {
    phases.find(db, phaseId).ifPresent(phase -> runs.findForUpdate(db, phase.runKey()));
    Optional<RunPhase> found = phases.findForUpdate(db, phaseId);
    boolean isUnheard =
        db.createQuery(UNHEARD_STILL)
            .bind("phase", phaseId)
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (found.isPresent() && isUnheard) {
      Run run = runs.find(db, found.get().runKey()).orElseThrow();
      log.atWarn()
          .addKeyValue("run_id", run.id())
          .addKeyValue("phase", found.get().phase().wire())
          .addKeyValue("command", found.get().command())
          .log("no worker took the command, sent again");
      release.release(db, run, found.get());
    }
  }
}
