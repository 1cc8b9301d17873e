package io.terrarium.contracts.internal;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.metrics.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What build workers and atlas say to each other.
public final class InternalGoldens {
  private static final String WORKER = "worker-Lz4tq7GbXcR1sWn2";
  private static final String PATH = "/_archivist/v1/object/";

  private InternalGoldens() {}

  public static List<Golden<?>> all() {
    List<Golden<?>> goldens = new ArrayList<>();
    goldens.add(golden("claim-request", new Claims.Request(1, WORKER, 3, "dlv-Kd8fJ2mQx7Lp3VwZ")));
    goldens.add(golden("claim-request-of-before", new Claims.Request(1, WORKER, 3, null)));
    goldens.add(golden("claim-granted-plan", granted(plan())));
    goldens.add(golden("claim-granted-apply", granted(apply())));
    goldens.add(
        golden("claim-held", new Claims.Held(1, Instant.parse("2026-01-02T03:04:05.678Z"))));
    goldens.add(golden("claim-beat", new Claims.Beat(1, WORKER, 2)));
    goldens.add(golden("claim-continue", new Claims.Renewed(1, Claims.Wish.CONTINUE)));
    goldens.add(golden("claim-interrupt", new Claims.Renewed(1, Claims.Wish.INTERRUPT)));
    goldens.add(golden("claim-kill", new Claims.Renewed(1, Claims.Wish.KILL)));
    goldens.add(
        golden(
            "worker-beat",
            new WorkerBeat(WorkerBeat.VERSION, WORKER, "local", 10, 7, true, "bubblewrap")));
    goldens.add(golden("worker-orders-open", orders(WorkerOrders.Intake.OPEN)));
    goldens.add(golden("worker-orders-drain", orders(WorkerOrders.Intake.DRAIN)));
    goldens.add(golden("worker-orders-as-before", orders(WorkerOrders.Intake.AS_BEFORE)));
    goldens.add(
        golden(
            "node-builds",
            new NodeBuilds(
                NodeBuilds.VERSION,
                List.of(new WorkerBeat(WorkerBeat.VERSION, WORKER, "local", 10, 7, true, "none")),
                3)));
    goldens.add(golden("build-containers", containers()));
    goldens.add(
        golden(
            "current-runs",
            new CurrentRuns(
                CurrentRuns.VERSION,
                List.of(new CurrentRuns.Count("acme", "networking", "planning", 1)))));
    return List.copyOf(goldens);
  }

  private static BuildContainers containers() {
    return new BuildContainers(
        BuildContainers.VERSION,
        List.of(
            new BuildContainers.Build(
                "plan-8F5JFydVYAmtTjET",
                new RunId("run-CZcmD7eagjhyX0vN"),
                Phase.PLAN,
                "networking",
                "acme",
                Map.of(Measure.CPU_USER, 1_250_000_000L))));
  }

  @SuppressWarnings("unchecked") // a payload is of its own class
  private static <T> Golden<T> golden(String name, T payload) {
    return new Golden<>(name, payload, new Wire.Body<>((Class<T>) payload.getClass()));
  }

  private static WorkerOrders orders(WorkerOrders.Intake intake) {
    return new WorkerOrders(WorkerOrders.VERSION, intake);
  }

  private static Claims.Granted granted(BuildSpecification build) {
    return new Claims.Granted(1, 2, 30, 5, build);
  }

  private static BuildSpecification plan() {
    return specification(
        Phase.PLAN,
        "plan-8F5JFydVYAmtTjET",
        new BuildSpecification.Objects(
            PATH + "slug",
            null,
            PATH + "plan",
            PATH + "plan-json",
            PATH + "plan-json-redacted",
            PATH + "plan-schemas",
            null,
            null,
            PATH + "log"));
  }

  private static BuildSpecification apply() {
    return specification(
        Phase.APPLY,
        "apply-47MBvjwzBG8YKc2v",
        new BuildSpecification.Objects(
            PATH + "slug",
            PATH + "state",
            PATH + "plan",
            null,
            null,
            null,
            PATH + "state-upload",
            PATH + "errored-state",
            PATH + "log"));
  }

  private static BuildSpecification specification(
      Phase phase, String phaseId, BuildSpecification.Objects objects) {
    return new BuildSpecification(
        BuildSpecification.VERSION,
        new RunId("run-CZcmD7eagjhyX0vN"),
        phase,
        phaseId,
        "acme",
        "Default Project",
        "ws-6jrRyVDv1J8zQMB5",
        "networking",
        "the run's token",
        "1.13.4",
        "live/eu",
        new BuildSpecification.Options(
            false,
            true,
            false,
            true,
            false,
            true,
            false,
            List.of("aws_instance.web"),
            List.of("aws_instance.db[0]")),
        List.of(
            new BuildSpecification.Variable(
                "AWS_REGION",
                "eu-west-1",
                BuildSpecification.Category.ENV,
                false,
                true,
                BuildSpecification.Origin.WORKSPACE),
            new BuildSpecification.Variable(
                "sizes",
                "[1, 2]",
                BuildSpecification.Category.TERRAFORM,
                true,
                false,
                BuildSpecification.Origin.RUN)),
        true,
        phase == Phase.PLAN
            ? "-----BEGIN OPENSSH PRIVATE KEY-----\nMA==\n-----END OPENSSH PRIVATE KEY-----\n"
            : null,
        7200,
        objects,
        phase == Phase.PLAN ? offer() : null);
  }

  private static TerraformOffer offer() {
    return new TerraformOffer(
        List.of(
            new TerraformOffer.Archive(
                "linux", "amd64", "https://mirror.example.com/terraform.zip", "0123abcd")),
        List.of("1.13.3"));
  }
}
