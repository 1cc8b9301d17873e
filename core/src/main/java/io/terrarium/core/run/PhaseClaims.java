package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may run terraform for a phase now.
///
/// A worker must claim a phase before it runs terraform; the claim's attempt fences every later
/// word about it. A command that comes twice meets a live claim, or a phase that is over. An apply
/// is claimed once and never again.
public final class PhaseClaims {
  private static final Logger log = LoggerFactory.getLogger(PhaseClaims.class);
  private static final int BEAT_SECONDS = 5;
  private static final int PLAN_ATTEMPTS_MAX = 3;
  private static final Duration PLAN_LEASE = Duration.ofSeconds(30);
  private static final Duration APPLY_LEASE = Duration.ofSeconds(60);

  private final Database database;
  private final Clock clock;
  private final BuildSpecifications specifications;
  private final Tokens tokens;
  private final RunSteps steps;
  private final Runnable wakeDispatcher;
  private final RunStore runs = new RunStore();
  private final PhaseStore phases = new PhaseStore();

  PhaseClaims(RunParts parts, BuildSpecifications specifications, Tokens tokens, RunSteps steps) {
    this.database = parts.database();
    this.clock = parts.clock();
    this.wakeDispatcher = parts.wakeDispatcher();
    this.specifications = specifications;
    this.tokens = tokens;
    this.steps = steps;
  }

  /// How a claim was answered.
  public sealed interface Answer {
    record Granted(Claims.Granted claim) implements Answer {}

    /// Another worker holds the phase; ask again then.
    record Held(Instant until) implements Answer {}

    /// There is nothing to do any more.
    record Over() implements Answer {}
  }

  /// Gives a phase to `worker`, unless it is held or over.
  ///
  /// @param delivery of the command that has led the worker here, null from a worker of the version
  ///   before, which does not ask again. Should our answer be lost, the worker asks again with the
  ///   same one, and is granted what it has not begun yet. Another delivery to the same worker is
  ///   told that the phase is held: terraform may be at work for the first.
  public Answer claim(String phaseId, String worker, @Nullable String delivery) {
    PhaseStore.Claimant claimant = new PhaseStore.Claimant(worker, delivery);
    BuildSpecifications.Opened secrets = secrets(phaseId);
    return database.inTransaction(db -> {
      Run run = lockedRun(db, phaseId);
      RunPhase phase = phases.findForUpdate(db, phaseId).orElseThrow(Fault.NotFound::new);
      if (phases.isHeldBy(db, phase, claimant)) {
        phases.renew(db, phaseId, phase.attempt(), worker, lease(phase.phase()));
        // The token before stays: this may be the earlier of two questions, which comes late.
        Secret token = tokens.addRunToken(db, run.key());
        return new Answer.Granted(granted(db, run, phase, token, secrets));
      }
      if (phases.isLeased(db, phase)) {
        Instant until = phase.leaseUntil();
        return new Answer.Held(until == null ? clock.instant() : until);
      }
      if (isOver(run, phase)) {
        return new Answer.Over();
      }
      if (isTriedEnough(phase)) {
        steps.move(db, run, RunMove.FAIL, null);
        return new Answer.Over();
      }
      RunPhase claimed = claimed(db, run, phase, claimant);
      Secret token = tokens.issueRunToken(db, run.key());
      return new Answer.Granted(granted(db, run, claimed, token, secrets));
    });
  }

  /// Whether a lost worker's phase must not go to one more. Sweeper and broker both ask, since
  /// either may be the first to learn of the loss.
  static boolean isTriedEnough(RunPhase phase) {
    return phase.status() == RunPhase.Status.RUNNING && phase.attempt() >= PLAN_ATTEMPTS_MAX;
  }

  /// With its workspace: see [RunStore#findForUpdate] for the order of locks.
  Run lockedRun(Handle db, String phaseId) {
    RunPhase phase = phases.find(db, phaseId).orElseThrow(Fault.NotFound::new);
    return runs.findForUpdate(db, phase.runKey()).orElseThrow(Fault.NotFound::new);
  }

  private static boolean isOver(Run run, RunPhase phase) {
    return switch (phase.phase()) {
      case PLAN ->
          run.cancelWish() != null
              || (!run.allows(RunMove.START_PLAN) && run.status() != RunStatus.PLANNING);
      case APPLY -> !run.allows(RunMove.START_APPLY);
    };
  }

  /// Decrypted before anything is locked or claimed: nobody waits for vault's answer, and where it
  /// has none, the phase is as free as it was. What a run was created with never changes.
  private BuildSpecifications.Opened secrets(String phaseId) {
    return specifications.open(
        database.read(db -> {
          RunPhase phase = phases.find(db, phaseId).orElseThrow(Fault.NotFound::new);
          Run run = runs.find(db, phase.runKey()).orElseThrow(Fault.NotFound::new);
          return specifications.sealed(db, run);
        }));
  }

  private RunPhase claimed(Handle db, Run run, RunPhase phase, PhaseStore.Claimant claimant) {
    int timeout = specifications.limits(db, run, phase.phase()).timeoutSeconds();
    RunPhase claimed =
        phases.claim(db, phase, claimant, lease(phase.phase()), timeout, clock.instant());
    switch (phase.phase()) {
      case PLAN -> {
        if (run.allows(RunMove.START_PLAN)) {
          steps.move(db, run, RunMove.START_PLAN, null);
        }
      }
      case APPLY -> steps.move(db, run, RunMove.START_APPLY, null);
    }
    db.afterCommit(wakeDispatcher);
    log.atInfo()
        .addKeyValue("run_id", run.id())
        .addKeyValue("phase", phase.phase().wire())
        .addKeyValue("attempt", claimed.attempt())
        .addKeyValue("worker", claimant.worker())
        .log("phase claimed");
    return claimed;
  }

  private Claims.Granted granted(
      Handle db, Run run, RunPhase claimed, Secret token, BuildSpecifications.Opened secrets) {
    BuildSpecification build = specifications.of(db, run, claimed, token.value(), secrets);
    int leaseSeconds = (int) lease(claimed.phase()).toSeconds();
    return new Claims.Granted(1, claimed.attempt(), leaseSeconds, BEAT_SECONDS, build);
  }

  /// Prolongs a claim and says what a person wants of it; empty when the claim is lost.
  public Optional<Claims.Wish> beat(String phaseId, String worker, int attempt) {
    Duration lease = phaseId.startsWith("apply-") ? APPLY_LEASE : PLAN_LEASE;
    return database.inTransaction(db ->
        phases
            .renew(db, phaseId, attempt, worker, lease)
            .map(wish ->
                switch (wish) {
                  case "interrupt" -> Claims.Wish.INTERRUPT;
                  case "kill" -> Claims.Wish.KILL;
                  default -> Claims.Wish.CONTINUE;
                }));
  }

  private static Duration lease(Phase phase) {
    return phase == Phase.PLAN ? PLAN_LEASE : APPLY_LEASE;
  }
}
