package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.hop.Hop;
import io.terrarium.core.run.RunStatus;
import java.util.List;
import java.util.function.Predicate;

/// From the click to the applied run, hop by hop.
final class FollowARun {
  private static final String CONFIGURATION =
      """
      resource "terraform_data" "traveller" {
        input = "through the mesh"
      }

      output "seen" {
        value = terraform_data.traveller.output
      }
      """;

  private static final List<Choice> SERVICES =
      List.of(
          new Choice("atlas", "atlas"),
          new Choice("sidekiq-worker", "sidekiq-worker"),
          new Choice("build-manager", "build-manager"),
          new Choice("build-worker", "build-worker"),
          new Choice("archivist", "archivist"));

  private FollowARun() {}

  static Exercise exercise() {
    return new Exercise(
        "follow-a-run",
        5,
        List.of(),
        List.of(
            Step.by(
                "Make the workspace",
                (_, bench) ->
                    Labs.made(
                        Labs.WORKSPACE, bench.workspace(Labs.named("follow-a-run"), CONFIGURATION)),
                Labs::isThere),
            Step.seen(FollowARun::isStarted),
            Step.seen(FollowARun::isPlanned),
            Step.asked(
                "ran-terraform",
                SERVICES,
                (scene, answer) ->
                    wasRecorded(scene, hop -> hop.step() == 3 && hop.to().equals(answer))),
            Step.asked(
                "told-of-the-outcome",
                SERVICES,
                (scene, answer) ->
                    wasRecorded(scene, hop -> hop.step() == 7 && hop.from().equals(answer))),
            Step.seen(FollowARun::isApplied)));
  }

  private static Finding isStarted(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .map(run -> Finding.done("The run " + run.id().value() + " is under way."))
        .orElseGet(() -> Finding.open("The workspace has no run yet."));
  }

  private static Finding isPlanned(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(Labs::hasPlanned)
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("Its plan goes through the mesh now."));
  }

  private static boolean wasRecorded(Scene scene, Predicate<Hop> what) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .map(run -> scene.hops(run.id()).stream().anyMatch(what))
        .orElse(false);
  }

  private static Finding isApplied(Scene scene) {
    return scene.runs(Labs.WORKSPACE).stream()
        .filter(run -> run.status() == RunStatus.APPLIED)
        .findFirst()
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("No run of the workspace is applied yet."));
  }
}
