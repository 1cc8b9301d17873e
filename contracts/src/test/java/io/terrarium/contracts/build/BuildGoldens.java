package io.terrarium.contracts.build;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import io.terrarium.contracts.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What travels through RabbitMQ.
public final class BuildGoldens {
  private static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");
  private static final String PLAN = "plan-8F5JFydVYAmtTjET";
  private static final String APPLY = "apply-47MBvjwzBG8YKc2v";
  private static final String WORKER = "worker-Lz4tq7GbXcR1sWn2";

  private BuildGoldens() {}

  public static List<Golden<?>> all() {
    return List.of(
        command("build-command-plan", command(Phase.PLAN, PLAN, Priority.PLAN)),
        command("build-command-apply", command(Phase.APPLY, APPLY, Priority.APPLY)),
        command("build-command-speculative", command(Phase.PLAN, PLAN, Priority.SPECULATIVE)),
        new Golden<>(
            "cancel-signal",
            new CancelSignal(CancelSignal.VERSION, APPLY),
            new Wire.Body<>(CancelSignal.class)),
        new Golden<>(
            "broker-report",
            new BrokerReport(
                BrokerReport.VERSION,
                "RabbitMQ",
                List.of(new BrokerReport.Queue(BuildTopology.PLAN_QUEUE, 3, 2))),
            new Wire.Body<>(BrokerReport.class)),
        event("build-event-plan-finished", planFinished(null)),
        event(
            "build-event-plan-finished-generated",
            planFinished("resource \"terraform_data\" \"a\" {\n}\n")),
        event(
            "build-event-apply-finished",
            new BuildEvent.ApplyFinished(
                BuildEvent.VERSION,
                RUN,
                APPLY,
                2,
                WORKER,
                timings("init", "apply"),
                false,
                new BuildEvent.Changes(1, 2, 3, 4))),
        event(
            "build-event-build-errored",
            new BuildEvent.BuildErrored(
                BuildEvent.VERSION,
                RUN,
                Phase.PLAN,
                PLAN,
                1,
                WORKER,
                timings("init"),
                false,
                "terraform ended with exit code 1")),
        event(
            "build-event-build-canceled",
            new BuildEvent.BuildCanceled(
                BuildEvent.VERSION,
                RUN,
                Phase.APPLY,
                APPLY,
                1,
                WORKER,
                BuildEvent.Timings.none(),
                true)));
  }

  /// A command, for the job that carries one.
  public static BuildCommand command(Phase phase, String phaseId, Priority priority) {
    return new BuildCommand(
        BuildCommand.VERSION,
        RUN,
        phase,
        phaseId,
        priority,
        3,
        new BuildCommand.Limits(512, 0, 7200));
  }

  private static BuildEvent planFinished(@Nullable String generated) {
    return new BuildEvent.PlanFinished(
        BuildEvent.VERSION,
        RUN,
        PLAN,
        1,
        WORKER,
        timings("init", "plan", "show"),
        false,
        new BuildEvent.PlanSummary(
            true, new BuildEvent.Changes(1, 2, 3, 4), "1.13.4", generated, true));
  }

  private static BuildEvent.Timings timings(String... commands) {
    return new BuildEvent.Timings(
        List.of(commands).stream()
            .map(command -> new BuildEvent.Timings.Timing(command, 100L * command.length()))
            .toList());
  }

  private static Golden<?> command(String name, BuildCommand command) {
    return new Golden<>(name, command, new Wire.Body<>(BuildCommand.class));
  }

  private static Golden<?> event(String name, BuildEvent event) {
    return new Golden<>(name, event, new Wire.Event());
  }
}
