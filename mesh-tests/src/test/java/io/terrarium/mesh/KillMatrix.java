package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.mesh.Faults.Armed;
import io.terrarium.mesh.Tried.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every service is killed before and after everything that it does to the world in a run, in the
/// plan and in the apply. It takes long, so it is asked for by its name
/// (docs/how-to/kill-things.md).
class KillMatrix {
  private static final KillReport REPORT = new KillReport("services");
  private static final KillReport SERVERS = new KillReport("servers");

  private static final List<String> SERVICES =
      List.of(
          "atlas", "sidekiq-worker", "build-manager", "build-worker", "archivist", "state-parser");
  private static final List<String> KINDS =
      List.of(
          "commit",
          "send",
          "confirmed send",
          "acknowledge",
          "redis command",
          "job",
          "call",
          "store",
          "program");

  @TempDir private static Path directory;
  private static FaultTrial trial;
  private static Map<FaultPoint, Integer> passed = Map.of();

  @BeforeAll
  static void start() {
    trial = new FaultTrial(directory);
    passed = trial.pointsOfRun();
  }

  @AfterAll
  static void stop() throws Exception {
    REPORT.write();
    SERVERS.write();
    try {
      trial.assertNothingDead();
    } finally {
      trial.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> a_run_survives_a_death() {
    return FaultPoint.interleaved(points()).stream()
        .map(point -> DynamicTest.dynamicTest(point.toString(), () -> survives(point)));
  }

  @TestFactory
  Stream<DynamicTest> a_run_survives_the_death_of_the_server_that_it_talks_to() {
    return FaultPoint.interleaved(points()).stream()
        .filter(point -> !point.server().isEmpty())
        .map(point ->
            DynamicTest.dynamicTest(
                point.server() + " while " + point, () -> survivesWithout(point)));
  }

  /// Whoever talks to the server waits at the point until it is dead.
  private static void survivesWithout(FaultPoint point) {
    String hop = point.kind() + " of " + point.service();
    int knocks = trial.tried().knocks();
    Armed armed = trial.faults().waitAt(point);
    Tried.Begun begun = trial.tried().beginRun(armed::hasFired, point.time() > 1);
    if (!armed.hasFired()) {
      trial.faults().disarm();
      trial.tried().ended(trial.tried().runOf(begun));
      survivesWithout(point.earlier());
      return;
    }
    SERVERS.made(point.server(), hop);
    trial.kill(point.server());
    armed.release();
    Ended run = trial.tried().ended(trial.tried().runOf(begun));
    trial.tried().assertSound(run, trial.tried().knocks() - knocks, false);
    SERVERS.survived(point.server(), hop, run.status());
  }

  private static void survives(FaultPoint point) {
    int knocks = trial.tried().knocks();
    Armed armed = trial.faults().dieAt(point);
    Ended run = trial.tried().ended(trial.tried().newRun());
    trial.faults().disarm();
    if (!armed.hasFired() && point.time() > 1) {
      // How often a run sends of its log, or tells of its hops, is a matter of the moment.
      survives(point.earlier());
      return;
    }
    assertThat(armed.hasFired()).as("somebody died at " + point).isTrue();
    REPORT.made(point.service(), point.kind());
    trial
        .tried()
        .assertSound(run, trial.tried().knocks() - knocks, point.service().equals("build-worker"));
    REPORT.survived(point.service(), point.kind(), run.status());
  }

  /// The first time of each, and the last, which is that of the apply where both phases pass it.
  private static List<FaultPoint> points() {
    String only = System.getProperty("kill.only", "");
    List<FaultPoint> points = new ArrayList<>();
    passed.forEach((point, times) -> {
      points.add(new FaultPoint(point.service(), point.place(), 1));
      if (times > 1) {
        points.add(new FaultPoint(point.service(), point.place(), times));
      }
    });
    // A deed whose method has another name by now would leave its points out, and nobody would
    // know.
    assertThat(points.stream().map(FaultPoint::service).distinct()).containsAll(SERVICES);
    assertThat(points.stream().map(FaultPoint::kind).distinct()).containsAll(KINDS);
    points.removeIf(point -> !point.toString().contains(only));
    return points;
  }
}
