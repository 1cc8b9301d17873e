package io.terrarium.mesh;

import io.terrarium.mesh.Tried.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every service and every server stands still (SIGSTOP) in the middle of a plan and of an apply,
/// for longer than all time limits of those who wait for it, and then goes on as if nothing had
/// been. It takes long, so it is asked for by its name (docs/how-to/kill-things.md).
class PauseMatrix {
  /// Beyond claims (60 s), answers of PostgreSQL (60 s), heartbeats of Sidekiq and RabbitMQ.
  private static final int PAUSE_SECONDS = 140;

  /// Without these a claim is not renewed, so an apply ends.
  private static final Set<String> RENEWERS = Set.of("build-worker", "atlas", "postgres");

  private static final List<String> SERVERS = List.of("postgres", "redis");

  @TempDir private static Path directory;
  private static FaultTrial trial;

  @BeforeAll
  static void start() {
    trial = new FaultTrial(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      trial.assertNothingDead();
    } finally {
      trial.close();
    }
  }

  /// Where a build is when the other stands still: its terraform has just begun.
  private static final Map<String, FaultPoint> PHASES =
      Map.of(
          "plan", new FaultPoint("build-worker", "after program of PlanPhase.run", 1),
          "apply", new FaultPoint("build-worker", "after program of ApplyPhase.run", 1));

  @TestFactory
  Stream<DynamicTest> a_run_survives_who_comes_back_late() {
    return Stream.concat(
            SERVERS.stream(), new TreeSet<>(MeshProcess.MAIN_CLASSES.keySet()).stream())
        .filter(name -> name.contains(System.getProperty("kill.only", "")))
        .flatMap(name ->
            PHASES.entrySet().stream()
                .map(phase ->
                    DynamicTest.dynamicTest(
                        name + " in the " + phase.getKey(),
                        () -> survives(name, phase.getValue()))));
  }

  private static void survives(String name, FaultPoint point) {
    int knocks = trial.tried().knocks();
    Faults.Armed armed = trial.faults().waitAt(point);
    Tried.Begun begun = trial.tried().beginRun(armed::hasFired, false);
    trial.signal("STOP", name);
    armed.release();
    try {
      for (int second = 0; second < PAUSE_SECONDS; second++) {
        FaultTrial.pass(1_000);
      }
    } finally {
      trial.signal("CONT", name);
    }
    Ended run = trial.tried().ended(trial.tried().runOf(begun));
    trial.tried().assertSound(run, trial.tried().knocks() - knocks, RENEWERS.contains(name));
  }
}
