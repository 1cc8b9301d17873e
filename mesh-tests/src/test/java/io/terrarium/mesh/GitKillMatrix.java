package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.mesh.Faults.Armed;
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

/// Every service that a push, a tag or an uploaded module passes is killed before and after
/// everything that it does to the world for it. It takes long, so it is asked for by its name
/// (docs/how-to/kill-things.md).
class GitKillMatrix {
  private static final List<String> OF_PUSHES =
      List.of("atlas", "sidekiq-worker", "slug-ingress", "archivist");
  private static final List<String> OF_TAGS =
      List.of(
          "atlas",
          "sidekiq-worker",
          "slug-ingress",
          "archivist",
          "registry-api",
          "registry-worker");
  private static final List<String> OF_UPLOADS =
      List.of("atlas", "archivist", "registry-api", "registry-worker");

  private static final int TRIALS = 3;

  /// What is believed for a moment is not asked for again, and that a token was used is noted once
  /// a minute: two such pauses outlast both.
  private static final long BELIEVED_MILLIS = 31_000;

  @TempDir private static Path directory;
  private static FaultTrial trial;
  private static GitLab git;

  @BeforeAll
  static void start() {
    trial = new FaultTrial(directory);
    git = new GitLab(trial.site(), FaultTrial.ORGANIZATION);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      trial.assertNothingDead();
    } finally {
      // Where there is no git, the second of them was never made.
      trial.close();
      if (git != null) {
        git.close();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> a_push_becomes_one_run() {
    IngestedPushes pushes = new IngestedPushes(trial.site(), git, "pushed");
    Map<FaultPoint, Integer> ofRuns = trial.pointsOfRun();
    Map<FaultPoint, Integer> passed = trial.pointsOf(pushes::once);
    // What becomes of the run is KillMatrix's; what it has in common with a push comes first here.
    passed.entrySet().removeIf(point -> point.getValue().equals(ofRuns.get(point.getKey())));
    passed.replaceAll((point, times) -> ofRuns.containsKey(point) ? 1 : times);
    return tests("pushes", pushes, passed, OF_PUSHES);
  }

  @TestFactory
  Stream<DynamicTest> a_tag_becomes_one_version() {
    IngestedTags tags = new IngestedTags(trial.site(), git, "tagged");
    return tests("publications", tags, trial.pointsOf(tags::once), OF_TAGS);
  }

  @TestFactory
  Stream<DynamicTest> an_upload_becomes_one_version() {
    IngestedUploads uploads = new IngestedUploads(trial.site(), "uploaded");
    return tests("uploads", uploads, trial.pointsOf(uploads::once), OF_UPLOADS);
  }

  private static Stream<DynamicTest> tests(
      String name, Ingested ingested, Map<FaultPoint, Integer> passed, List<String> services) {
    KillReport report = new KillReport(name);
    List<FaultPoint> points = points(passed, services);
    Stream<DynamicTest> deaths =
        FaultPoint.interleaved(points).stream()
            .map(point ->
                DynamicTest.dynamicTest(
                    name + ": " + point, () -> survives(point, ingested, report)));
    DynamicTest end =
        DynamicTest.dynamicTest(name + ": nothing came twice later", ingested::assertNothingTwice);
    return Stream.concat(deaths, Stream.of(end))
        .onClose(() -> {
          report.write();
          ingested.close();
        });
  }

  private static List<FaultPoint> points(Map<FaultPoint, Integer> passed, List<String> services) {
    List<FaultPoint> points = new ArrayList<>();
    passed.forEach((point, times) -> {
      points.add(new FaultPoint(point.service(), point.place(), 1));
      if (times > 1) {
        points.add(new FaultPoint(point.service(), point.place(), times));
      }
    });
    points.removeIf(point -> !services.contains(point.service()));
    // A deed whose method has another name by now would leave its points out, and nobody would
    // know.
    assertThat(points.stream().map(FaultPoint::service).distinct()).containsAll(services);
    String only = System.getProperty("kill.only", "");
    points.removeIf(point -> !point.toString().contains(only));
    return points;
  }

  private static void survives(FaultPoint point, Ingested ingested, KillReport report) {
    FaultPoint next = point;
    int trials = 1;
    while (!dies(next, ingested, report)) {
      // How often hops are told of, or a question is asked again, is a matter of the moment.
      if (next.time() > 1) {
        next = next.earlier();
      } else {
        assertThat(trials++).as("nobody comes to " + point).isLessThan(TRIALS);
        FaultTrial.pass(BELIEVED_MILLIS);
      }
    }
  }

  /// Brings one while somebody is to die.
  ///
  /// @return false where nobody came to the point
  private static boolean dies(FaultPoint point, Ingested ingested, KillReport report) {
    Armed armed = trial.faults().dieAt(point);
    try {
      ingested.once();
      if (!armed.hasFired()) {
        FaultTrial.rest();
      }
    } finally {
      trial.faults().disarm();
      if (armed.hasFired()) {
        report.made(point.service(), point.kind());
      }
    }
    if (armed.hasFired()) {
      report.survived(point.service(), point.kind(), "once");
    }
    return armed.hasFired();
  }
}
