package io.terrarium.core.run;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import org.jdbi.v3.core.Handle;

/// Sends a phase out to the workers: counts the command and leaves the job for sidekiq.
final class PhaseRelease {
  private final Outbox outbox;
  private final BuildSpecifications specifications;
  private final PhaseStore phases = new PhaseStore();

  PhaseRelease(Outbox outbox, BuildSpecifications specifications) {
    this.outbox = outbox;
    this.specifications = specifications;
  }

  void release(Handle db, Run run, RunPhase phase) {
    int command = phases.release(db, phase);
    BuildSpecifications.Limits limits = specifications.limits(db, run, phase.phase());
    BuildCommand build =
        new BuildCommand(
            BuildCommand.VERSION,
            run.id(),
            phase.phase(),
            phase.id(),
            priority(run, phase.phase()),
            command,
            new BuildCommand.Limits(
                limits.memoryMegabytes(), limits.cpus(), limits.timeoutSeconds()));
    outbox.add(db, new Job.EnqueueBuild(run.id(), build), run.id().value(), phase.phase().wire());
  }

  private static Priority priority(Run run, Phase phase) {
    if (phase == Phase.APPLY) {
      return Priority.APPLY;
    }
    return run.options().planOnly() ? Priority.SPECULATIVE : Priority.PLAN;
  }
}
