package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.lab.LabRepository;
import io.terrarium.core.run.Run;
import io.terrarium.core.workspace.VcsRepo;
import io.terrarium.core.workspace.Workspace;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The secret of a webhook is not what was agreed upon.
final class ForgeAWebhook {
  static final String REPOSITORY = "repository";
  private static final String PUSHED = "pushed";
  private static final String FORGED = "forged";
  private static final String MENDED = "mended";

  private ForgeAWebhook() {}

  static Exercise exercise() {
    return new Exercise(
        "forge-a-webhook",
        8,
        List.of(),
        List.of(
            Step.by("Make them", ForgeAWebhook::make, ForgeAWebhook::isFollowed),
            Step.by(
                "Push a commit",
                (scene, bench) -> push(scene, bench, PUSHED),
                scene -> hasStarted(scene, PUSHED)),
            Step.by("Change the secret at the host", ForgeAWebhook::forge, ForgeAWebhook::isForged),
            Step.by(
                "Push another commit",
                (scene, bench) -> push(scene, bench, "forged-push"),
                ForgeAWebhook::isRefused),
            Step.seen(ForgeAWebhook::isConnectedAnew),
            Step.by(
                "Push once more",
                (scene, bench) -> push(scene, bench, MENDED),
                scene -> hasStarted(scene, MENDED))));
  }

  private static Map<String, String> make(Scene scene, Workbench bench) {
    String name = Labs.named("forge-a-webhook");
    LabRepository repository = repository("lab/" + name, "the first");
    Workspace workspace = bench.following(name, repository);
    Map<String, String> facts = new HashMap<>(Labs.made(Labs.WORKSPACE, workspace));
    facts.put(REPOSITORY, repository.name());
    return facts;
  }

  private static LabRepository repository(String name, String words) {
    return new LabRepository(
        name, Map.of("terrarium-script.json", script(words)), "Change it: " + words);
  }

  private static String script(String words) {
    return """
    {"plan": {"log": ["Commit %s"], "duration_ms": 500}}
    """
        .formatted(words);
  }

  private static Finding isFollowed(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .map(run -> Finding.done("The first commit came: " + Labs.words(run)))
        .orElseGet(() ->
            Finding.open(
                scene.fact(REPOSITORY).isEmpty()
                    ? "There is no repository yet."
                    : "The first commit is fetched."));
  }

  private static Map<String, String> push(Scene scene, Workbench bench, String key) {
    Instant now = bench.now();
    bench.lab().commit(repository(scene.fact(REPOSITORY), now.toString()));
    return Map.of(key, now.toString());
  }

  private static Finding hasStarted(Scene scene, String key) {
    if (scene.fact(key).isEmpty()) {
      return Finding.open("Nothing was pushed yet.");
    }
    return began(scene, Instant.parse(scene.fact(key)))
        .map(run -> Finding.done("The push started " + run.id().value() + "."))
        .orElseGet(() -> Finding.open("The host has not called yet, or the commit is fetched."));
  }

  private static Optional<Run> began(Scene scene, Instant after) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(run -> run.createdAt().isAfter(after.minusSeconds(1)));
  }

  private static Map<String, String> forge(Scene scene, Workbench bench) {
    bench.lab().forge(scene.fact(REPOSITORY));
    return Map.of(FORGED, bench.now().toString());
  }

  private static Finding isForged(Scene scene) {
    return scene.fact(FORGED).isEmpty()
        ? Finding.open("Host and mesh still agree.")
        : Finding.done("The host signs with a secret that the mesh does not know.");
  }

  private static Finding isRefused(Scene scene) {
    return vcsRepo(scene).map(VcsRepo::refusedAt).isPresent()
        ? Finding.done("The mesh refused the call, and no run began.")
        : Finding.open("No call was refused yet.");
  }

  private static Optional<VcsRepo> vcsRepo(Scene scene) {
    return scene.workspace(Labs.WORKSPACE).map(there -> there.related().vcsRepo());
  }

  private static Finding isConnectedAnew(Scene scene) {
    Optional<VcsRepo> now = vcsRepo(scene);
    if (now.isEmpty()) {
      return Finding.open("The workspace follows no repository: connect it again.");
    }
    return now.map(VcsRepo::refusedAt).isEmpty()
        ? Finding.done("The host has been told anew.")
        : Finding.open("The host still signs with the wrong secret.");
  }
}
