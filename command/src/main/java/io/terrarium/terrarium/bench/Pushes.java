package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// Pushes one after another, each until its run is there. The first run waits for a confirmation
/// that never comes, so the others wait for it, and no terraform stands in the way.
final class Pushes {
  private static final long LOOK_MILLIS = 2;

  private final Stage stage;
  private final GitConnection git;
  private final String webhook;
  private final String newest;

  private Pushes(Stage stage, GitConnection git) {
    this.stage = stage;
    this.git = git;
    JsonNode workspace = git.workspace("pushed");
    webhook = GitConnection.webhook(workspace);
    newest = "/api/v2/workspaces/" + workspace.path("id").asText() + "/runs?page%5Bsize%5D=1";
  }

  static void measure(Stage stage) {
    try (GitOrigin origin = GitOrigin.start(stage.bench().directory("pushed.git"))) {
      GitCommits commits = new GitCommits(origin.repository(), stage.clock().instant());
      String first = commit(commits, 0);
      new Pushes(stage, new GitConnection(stage.site(), "push", origin)).measure(commits, first);
    }
  }

  private static String commit(GitCommits commits, int number) {
    return commits.of(
        "main.tf",
        String.format(
            Locale.ROOT,
            "resource \"terraform_data\" \"pushed\" {%n  input = \"%d\"%n}%n",
            number));
  }

  private void measure(GitCommits commits, String first) {
    String run = runAfter("");
    stage.site().await(stage.bench(), run, "planned");
    Series acknowledged = new Series();
    Series created = new Series();
    String before = first;
    for (int i = 1; i <= stage.sizes().git().pushes(); i++) {
      String after = commit(commits, i);
      GitConnection.Delivery delivery = git.delivery(webhook, "refs/heads/main", before, after);
      long begin = System.nanoTime();
      GitConnection.send(stage.site().wire(), delivery);
      acknowledged.addSince(begin);
      run = runAfter(run);
      created.addSince(begin);
      before = after;
    }
    stage.put(Figure.PUSH_ACKNOWLEDGED_MS_P50, acknowledged.median());
    stage.put(Figure.PUSH_TO_RUN_MS_P50, created.median());
    stage.put(Figure.PUSH_TO_RUN_MS_P99, created.percentile(99));
  }

  /// The newest run, once it is another.
  private String runAfter(String known) {
    while (true) {
      String run = stage.site().read(newest).at("/data/0/id").asText();
      if (!run.isEmpty() && !run.equals(known)) {
        return run;
      }
      stage.bench().pause(LOOK_MILLIS);
    }
  }
}
