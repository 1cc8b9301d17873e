package io.terrarium.contracts.build;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.terrarium.contracts.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a phase ended, from the build worker over build-manager to atlas's internal webhook.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BuildEvent.PlanFinished.class, name = "plan_finished"),
  @JsonSubTypes.Type(value = BuildEvent.ApplyFinished.class, name = "apply_finished"),
  @JsonSubTypes.Type(value = BuildEvent.BuildErrored.class, name = "build_errored"),
  @JsonSubTypes.Type(value = BuildEvent.BuildCanceled.class, name = "build_canceled")
})
public sealed interface BuildEvent {
  int VERSION = 1;

  int v();

  RunId runId();

  Phase phase();

  String phaseId();

  /// The claim under which the phase was done; atlas refuses events of an older one.
  int attempt();

  String worker();

  /// Terraform's own time in this phase, command by command.
  Timings timings();

  /// Whether archivist has not got the end of the phase's log, so that somebody else must end it.
  boolean logLost();

  /// The same, by a worker that could not hand over its log.
  BuildEvent withLogLost();

  record PlanFinished(
      int v,
      RunId runId,
      String phaseId,
      int attempt,
      String worker,
      Timings timings,
      boolean logLost,
      PlanSummary plan)
      implements BuildEvent {
    @Override
    public Phase phase() {
      return Phase.PLAN;
    }

    @Override
    public PlanFinished withLogLost() {
      return new PlanFinished(v, runId, phaseId, attempt, worker, timings, true, plan);
    }
  }

  record ApplyFinished(
      int v,
      RunId runId,
      String phaseId,
      int attempt,
      String worker,
      Timings timings,
      boolean logLost,
      Changes changes)
      implements BuildEvent {
    @Override
    public Phase phase() {
      return Phase.APPLY;
    }

    @Override
    public ApplyFinished withLogLost() {
      return new ApplyFinished(v, runId, phaseId, attempt, worker, timings, true, changes);
    }
  }

  /// Terraform, or what is around it, failed. The log holds the full story, `message` one line.
  record BuildErrored(
      int v,
      RunId runId,
      Phase phase,
      String phaseId,
      int attempt,
      String worker,
      Timings timings,
      boolean logLost,
      String message)
      implements BuildEvent {
    @Override
    public BuildErrored withLogLost() {
      return new BuildErrored(v, runId, phase, phaseId, attempt, worker, timings, true, message);
    }
  }

  /// A person canceled the run, and terraform has ended.
  record BuildCanceled(
      int v,
      RunId runId,
      Phase phase,
      String phaseId,
      int attempt,
      String worker,
      Timings timings,
      boolean logLost)
      implements BuildEvent {
    @Override
    public BuildCanceled withLogLost() {
      return new BuildCanceled(v, runId, phase, phaseId, attempt, worker, timings, true);
    }
  }

  /// Milliseconds that each terraform sub-command took, in order, such as `init` and `plan`.
  record Timings(List<Timing> commands) {
    public record Timing(String command, long millis) {}

    public static Timings none() {
      return new Timings(List.of());
    }
  }

  /// What Terraform counts in its change summary.
  record Changes(int additions, int changes, int destructions, int imports) {}

  /// The plan in numbers.
  ///
  /// @param hasChanges whether Terraform says that there is something to apply, outputs included
  /// @param generatedConfiguration HCL written by `-generate-config-out`, when asked for
  /// @param schemasStored whether the schemas of its providers are at archivist, false from workers
  ///   of the version before
  record PlanSummary(
      boolean hasChanges,
      Changes changes,
      String terraformVersion,
      @Nullable String generatedConfiguration,
      boolean schemasStored) {}
}
