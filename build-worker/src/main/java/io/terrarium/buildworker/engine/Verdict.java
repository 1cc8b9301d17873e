package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Timings;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.Claims;
import java.util.Optional;

/// Puts the end of a build into an event.
final class Verdict {
  private final BuildSpecification build;
  private final int attempt;
  private final String worker;

  Verdict(Claims.Granted granted, String worker) {
    this.build = granted.build();
    this.attempt = granted.attempt();
    this.worker = worker;
  }

  BuildEvent planned(BuildEvent.PlanSummary plan, Timings timings) {
    return new BuildEvent.PlanFinished(
        BuildEvent.VERSION, build.runId(), build.phaseId(), attempt, worker, timings, false, plan);
  }

  BuildEvent applied(BuildEvent.Changes changes, Timings timings) {
    return new BuildEvent.ApplyFinished(
        BuildEvent.VERSION,
        build.runId(),
        build.phaseId(),
        attempt,
        worker,
        timings,
        false,
        changes);
  }

  BuildEvent canceled(Timings timings) {
    return new BuildEvent.BuildCanceled(
        BuildEvent.VERSION,
        build.runId(),
        build.phase(),
        build.phaseId(),
        attempt,
        worker,
        timings,
        false);
  }

  BuildEvent errored(String message, Timings timings) {
    return new BuildEvent.BuildErrored(
        BuildEvent.VERSION,
        build.runId(),
        build.phase(),
        build.phaseId(),
        attempt,
        worker,
        timings,
        false,
        message);
  }

  /// What the end of the last command with 0 amounts to, given why the build was ended if it was:
  /// an interrupt may come too late for terraform, or find it able to end well.
  Optional<BuildEvent> succeeded(BuildEvent event, Ending ending, BuildLog log, Timings timings) {
    return switch (ending) {
      case NONE, OUT_OF_MEMORY -> Optional.of(event);
      case CANCELED ->
          Optional.of(event instanceof BuildEvent.PlanFinished ? canceled(timings) : event);
      case TIMED_OUT -> failed(new BuildFault("Timed out."), ending, log, timings);
      case LOST, STOPPED -> Optional.empty();
    };
  }

  /// What a fault amounts to, given why the build was ended if it was.
  Optional<BuildEvent> failed(BuildFault fault, Ending ending, BuildLog log, Timings timings) {
    return switch (ending) {
      case LOST, STOPPED -> Optional.empty();
      case CANCELED -> {
        log.line("");
        log.line("Operation canceled.");
        yield Optional.of(canceled(timings));
      }
      case TIMED_OUT ->
          told(
              "The "
                  + build.phase().wire()
                  + " exceeded its maximum run time of "
                  + TimeLimit.shown(build.timeoutSeconds())
                  + ".",
              log,
              timings);
      case OUT_OF_MEMORY ->
          told("Terraform used more memory than allowed and was killed.", log, timings);
      case NONE -> told(fault.line(), log, timings);
    };
  }

  private Optional<BuildEvent> told(String line, BuildLog log, Timings timings) {
    log.line("");
    log.line("Operation failed: " + line);
    return Optional.of(errored(line, timings));
  }
}
