package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.buildworker.output.RemoteLog;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.buildworker.sandbox.Supervisor;
import io.terrarium.buildworker.terraform.TerraformBinaries;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.BuildSpecification.Variable;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.kernel.client.ServiceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does plans and applies.
public final class Engine {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /// Longer than archivist or its Redis are usually away. The claim is kept meanwhile.
  private static final Duration LOG_END_MAX = Duration.ofMinutes(5);

  private final EngineConfig config;
  private final TerraformBinaries binaries;
  private final Supervisor supervisor;
  private final ServiceClient archivist;
  private final Consumer<Hop> hops;
  private final Clock clock;
  private final Semaphore cacheWriter = new Semaphore(1, true);

  /// @param archivist the router's internal listener, without a token: paths are signed
  public Engine(
      EngineConfig config,
      TerraformBinaries binaries,
      Supervisor supervisor,
      ServiceClient archivist,
      Consumer<Hop> hops,
      Clock clock) {
    this.config = config;
    this.binaries = binaries;
    this.supervisor = supervisor;
    this.archivist = archivist;
    this.hops = hops;
    this.clock = clock;
  }

  /// Does the phase that was granted.
  ///
  /// @param memoryMegabytes that the build may use, 0 for what the worker's settings say
  /// @param worker its identity, in the event
  /// @param flow that the build belongs to, sent on by this worker
  /// @return how it ended, empty when that is not ours to say
  public Optional<BuildEvent> run(
      Claims.Granted granted, int memoryMegabytes, String worker, Flow flow, Reins reins)
      throws InterruptedException {
    BuildSpecification build = granted.build();
    ObjectTransfer objects = new ObjectTransfer(archivist, hops, clock, flow);
    Verdict verdict = new Verdict(granted, worker);
    RemoteLog remote = new RemoteLog(archivist, build.objects().logAppend(), objects::headers);
    String name = build.runId().value() + "-" + build.phase().wire() + "-" + granted.attempt();
    try (RunDirectory directory = RunDirectory.create(config, name);
        BuildLog buildLog = new BuildLog(remote, directory.file("log"));
        TimeLimit _ = TimeLimit.of(build, reins, buildLog)) {
      Desk desk = new Desk(directory, buildLog, objects);
      Optional<BuildEvent> event = run(granted, memoryMegabytes, desk, reins, verdict);
      if (event.isEmpty()) {
        buildLog.abandon();
      } else if (!buildLog.end(LOG_END_MAX)) {
        log.atWarn().addKeyValue("phase_id", build.phaseId()).log("the end of a log is lost");
        return event.map(BuildEvent::withLogLost);
      }
      return event;
    } catch (BuildFault | UncheckedIOException fault) {
      // There is no log, or none any more.
      log.atError().setCause(fault).addKeyValue("phase_id", build.phaseId()).log("build broke");
      String line = String.valueOf(fault.getMessage());
      BuildEvent event = verdict.errored(line, BuildEvent.Timings.none());
      boolean isTold = remote.endWith("Operation failed: " + line);
      return Optional.of(isTold ? event : event.withLogLost());
    }
  }

  private Optional<BuildEvent> run(
      Claims.Granted granted, int memoryMegabytes, Desk desk, Reins reins, Verdict verdict)
      throws InterruptedException {
    BuildSpecification build = granted.build();
    Preparation preparation = new Preparation(config, binaries, supervisor, clock);
    @org.jspecify.annotations.Nullable Workplace workplace = null;
    try {
      if (granted.attempt() > 1) {
        desk.log().line("");
        desk.log().line("------------ attempt " + granted.attempt() + " ------------");
      }
      Preparation.Prepared prepared = preparation.prepare(build, memoryMegabytes, desk, reins);
      workplace = prepared.workplace();
      BuildEvent event =
          build.phase() == Phase.PLAN
              ? plan(build, prepared, desk, verdict)
              : apply(build, prepared, desk, verdict);
      return verdict.succeeded(event, reins.ending(), desk.log(), workplace.timings());
    } catch (BuildFault fault) {
      return verdict.failed(
          fault,
          reins.ending(),
          desk.log(),
          workplace == null ? BuildEvent.Timings.none() : workplace.timings());
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("phase_id", build.phaseId()).log("build broke");
      return verdict.failed(
          new BuildFault("The worker failed: " + e, e),
          reins.ending(),
          desk.log(),
          workplace == null ? BuildEvent.Timings.none() : workplace.timings());
    }
  }

  /// The state is fetched while init runs, but comes to its place afterwards: init would want to
  /// migrate it.
  private void initialize(BuildSpecification build, Preparation.Prepared prepared, Desk desk)
      throws InterruptedException {
    String stored = build.objects().state();
    Path fetched = desk.directory().file("state.fetched");
    try (Alongside side = new Alongside()) {
      Alongside.Work<Boolean> fetching =
          side.start(() -> {
            if (stored != null) {
              desk.objects().download(stored, fetched, "state");
            }
            return stored != null;
          });
      SshKeyFile sshKey = SshKeyFile.write(desk.directory(), build);
      try {
        new Initialization(config, cacheWriter, prepared.workplace()).run();
      } finally {
        sshKey.delete();
      }
      if (fetching.result()) {
        Files.move(fetched, prepared.state().path(), StandardCopyOption.REPLACE_EXISTING);
      }
      prepared.program().ready(prepared.workplace().working(), prepared.state());
    } catch (IOException e) {
      throw new BuildFault("The state cannot be laid out: " + e.getMessage(), e);
    }
  }

  private BuildEvent plan(
      BuildSpecification build, Preparation.Prepared prepared, Desk desk, Verdict verdict)
      throws InterruptedException {
    Workplace workplace = prepared.workplace();
    String version = prepared.program().version();
    initialize(build, prepared, desk);
    PlanPhase phase = new PlanPhase(config, build, workplace, desk.objects(), version);
    BuildEvent.PlanSummary summary =
        phase.run(
            joined(
                prepared.parallelism(), VariableFiles.write(desk.directory(), build.variables())));
    return verdict.planned(summary, workplace.timings());
  }

  private BuildEvent apply(
      BuildSpecification build, Preparation.Prepared prepared, Desk desk, Verdict verdict)
      throws InterruptedException {
    Workplace workplace = prepared.workplace();
    Path planFile = ApplyPhase.preparePlan(build, workplace, desk.objects());
    initialize(build, prepared, desk);
    ApplyPhase phase = new ApplyPhase(build, workplace, desk.objects(), prepared.state());
    List<Variable> variables = EphemeralVariables.of(planFile, workplace, build.variables());
    List<String> options =
        joined(prepared.parallelism(), VariableFiles.write(desk.directory(), variables));
    return verdict.applied(phase.run(planFile, options), workplace.timings());
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
