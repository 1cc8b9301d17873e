package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.lab.LabPart;
import java.util.List;

/// Redis goes; what was asked for meanwhile is not lost.
final class StopRedis {
  private static final String PART = "redis";
  private static final String SCRIPT =
      """
      {"plan": {"log": ["Looking..."], "duration_ms": 2000, "changes": {"add": 1}}}
      """;

  private StopRedis() {}

  static Exercise exercise() {
    return new Exercise(
        "stop-redis",
        5,
        List.of(PART),
        List.of(
            Step.by(
                "Make the workspace",
                (_, bench) ->
                    Labs.made(Labs.WORKSPACE, bench.scripted(Labs.named("stop-redis"), SCRIPT)),
                Labs::isThere),
            Step.seen(StopRedis::isAway),
            Step.seen(StopRedis::isAskedFor),
            Step.seen(StopRedis::isBack),
            Step.seen(StopRedis::isThrough)));
  }

  private static Finding isAway(Scene scene) {
    return scene.part(PART) == LabPart.State.STOPPED
        ? Finding.done("Redis is away.")
        : Finding.open("Redis is " + Labs.word(scene.part(PART)) + ".");
  }

  private static Finding isAskedFor(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .map(run -> Finding.done("Atlas took it: " + Labs.words(run)))
        .orElseGet(() ->
            scene.part(PART) == LabPart.State.STOPPED
                ? Finding.open("The workspace has no run yet.")
                : Finding.open("Redis is back already: stop it once more, then start the run."));
  }

  private static Finding isBack(Scene scene) {
    return scene.part(PART) == LabPart.State.RUNNING
        ? Finding.done("Redis answers again.")
        : Finding.open("Redis is " + Labs.word(scene.part(PART)) + ".");
  }

  private static Finding isThrough(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(Labs::hasPlanned)
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("The job has not come to its queue yet."));
  }
}
