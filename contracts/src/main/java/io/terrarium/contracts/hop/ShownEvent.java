package io.terrarium.contracts.hop;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.InternalApi;
import org.jspecify.annotations.Nullable;

/// How a phase ended, as it is shown: without the configuration that terraform may have written,
/// which not everybody may see who sees the run.
///
/// @param line how it was sent
/// @param outcome the rest
public record ShownEvent(String line, Outcome outcome) implements Shown {
  /// What is told of it.
  ///
  /// @param kind as it travels, such as `plan_finished`
  /// @param message of one that failed, one line
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      String kind,
      RunId runId,
      Phase phase,
      String phaseId,
      int attempt,
      String worker,
      BuildEvent.Timings timings,
      boolean logLost,
      BuildEvent.@Nullable Changes changes,
      @Nullable String terraformVersion,
      @Nullable String message) {}

  /// From the worker to build-manager.
  public static ShownEvent published(BuildEvent event) {
    return new ShownEvent(
        "basic.publish " + BuildTopology.EXCHANGE + " " + BuildTopology.EVENT_QUEUE, of(event));
  }

  /// From build-manager to atlas.
  public static ShownEvent posted(BuildEvent event) {
    return new ShownEvent("POST " + InternalApi.BUILD_EVENTS, of(event));
  }

  @Override
  public Object content() {
    return outcome;
  }

  private static Outcome of(BuildEvent event) {
    return switch (event) {
      case BuildEvent.PlanFinished planned ->
          outcome(
              "plan_finished",
              event,
              planned.plan().changes(),
              planned.plan().terraformVersion(),
              null);
      case BuildEvent.ApplyFinished applied ->
          outcome("apply_finished", event, applied.changes(), null, null);
      case BuildEvent.BuildErrored errored ->
          outcome("build_errored", event, null, null, errored.message());
      case BuildEvent.BuildCanceled _ -> outcome("build_canceled", event, null, null, null);
    };
  }

  private static Outcome outcome(
      String kind,
      BuildEvent event,
      BuildEvent.@Nullable Changes changes,
      @Nullable String terraformVersion,
      @Nullable String message) {
    return new Outcome(
        kind,
        event.runId(),
        event.phase(),
        event.phaseId(),
        event.attempt(),
        event.worker(),
        event.timings(),
        event.logLost(),
        changes,
        terraformVersion,
        message);
  }
}
