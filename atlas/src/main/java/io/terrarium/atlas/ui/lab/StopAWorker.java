package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.lab.LabPart;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunPhase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A worker goes in the midst of a plan; another one plans again.
final class StopAWorker {
  private static final String PART = "build-worker";
  private static final String SCRIPT =
      """
      {
        "plan": {
          "log": ["Reading...", "Thinking...", "Still thinking...", "Almost there..."],
          "duration_ms": 90000,
          "changes": {"add": 3}
        }
      }
      """;

  private StopAWorker() {}

  static Exercise exercise() {
    return new Exercise(
        "stop-a-worker",
        8,
        List.of(PART),
        List.of(
            Step.by(
                "Make the workspace",
                (_, bench) ->
                    Labs.made(Labs.WORKSPACE, bench.scripted(Labs.named("stop-a-worker"), SCRIPT)),
                Labs::isThere),
            Step.seen(StopAWorker::isPlanning),
            Step.seen(StopAWorker::wasStopped),
            Step.seen(StopAWorker::isBack),
            Step.seen(StopAWorker::isPlannedAgain),
            Step.seen(StopAWorker::isThrough)));
  }

  private static Finding isPlanning(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(run -> Labs.plans(run) || hadAnotherTry(scene, run))
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("No run plans yet: start one, and wait for its log."));
  }

  private static Finding wasStopped(Scene scene) {
    Optional<Run> run = scene.newestRun(Labs.WORKSPACE);
    if (run.filter(Labs::hasPlanned).filter(one -> !hadAnotherTry(scene, one)).isPresent()) {
      return Finding.open(
          "The plan has ended before anything happened to the worker. Start another run, and be"
              + " quicker than its 90 seconds.");
    }
    return run.filter(one -> hadAnotherTry(scene, one) || wasTakenAwayIn(scene, one)).isPresent()
        ? Finding.done("The worker went while it planned.")
        : Finding.open("The worker still plans.");
  }

  private static boolean wasTakenAwayIn(Scene scene, Run run) {
    return Stream.of("stop", "kill")
        .map(action -> scene.did(action, PART))
        .flatMap(Optional::stream)
        .anyMatch(when -> when.isAfter(begun(run)));
  }

  private static Instant begun(Run run) {
    return run.timestamps().times().getOrDefault("planning-at", Instant.MAX);
  }

  private static Finding isBack(Scene scene) {
    return scene.part(PART) == LabPart.State.RUNNING
        ? Finding.done("A worker takes builds again.")
        : Finding.open("The worker is " + Labs.word(scene.part(PART)) + ".");
  }

  private static Finding isPlannedAgain(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(run -> hadAnotherTry(scene, run))
        .map(run -> Finding.done("The plan is in its second attempt."))
        .orElseGet(() ->
            Finding.open(
                "The first attempt still has its claim, which ends after 30 seconds of silence."));
  }

  private static boolean hadAnotherTry(Scene scene, Run run) {
    RunPhase plan = scene.phase(run, Phase.PLAN);
    return plan.attempt() > 1;
  }

  private static Finding isThrough(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(Labs::hasPlanned)
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("The second attempt plans."));
  }
}
