package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitRepository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A workspace that follows a repository: each push is one configuration version and one run, which
/// applies itself and knocks once at a door.
final class IngestedPushes implements Ingested {
  private static final Set<String> FINAL = Set.of("applied", "errored", "canceled", "discarded");

  private final Hold door = new Hold();
  private final GitLab git;
  private final PatientClient client;
  private final GitRepository repository;
  private final ApiClient.Answer workspace;
  private final String path;
  private final List<String> commits = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  IngestedPushes(Site site, GitLab git, String name) {
    this.git = git;
    client = new PatientClient(site);
    repository = git.create(name);
    door.release();
    commit();
    workspace = git.follow(name, name, ",\"queue-all-runs\":true,\"auto-apply\":true");
    path = "/api/v2/workspaces/" + workspace.data().path("id").asText();
    assertSettled();
  }

  private String commit() {
    String commit =
        repository
            .commit("main", "Push " + commits.size())
            .file(
                "main.tf",
                """
                # Of push %d.
                resource "terraform_data" "knocks" {
                  triggers_replace = timestamp()
                  provisioner "local-exec" {
                    command = "%s"
                  }
                }
                """
                    .formatted(commits.size(), door.command()))
            .done();
    commits.add(commit);
    return commit;
  }

  /// Brings one, and waits for nothing but that it is taken.
  void push() {
    String before = commits.getLast();
    git.pushUntilTaken(workspace, "refs/heads/main", before, commit());
  }

  @Override
  public void once() {
    push();
    assertSettled();
  }

  /// Waits until each push has its run, and all of them their ends.
  void assertSettled() {
    for (int i = 1; i <= commits.size(); i++) {
      int ended = i;
      Eventually.until(
          () -> "pushes: " + commits.size() + ", runs: " + runs(),
          () -> runs().stream().filter(Seen::hasEnded).count() >= ended);
    }
    assertNothingTwice();
  }

  @Override
  public void assertNothingTwice() {
    List<Seen> runs = runs();
    assertThat(runs).extracting(Seen::commit).containsExactlyInAnyOrderElementsOf(commits);
    assertThat(client.count(path + "/configuration-versions"))
        .as("configuration versions")
        .isEqualTo(commits.size());
    long applied = runs.stream().filter(run -> run.status().equals("applied")).count();
    assertThat((long) door.arrived()).as("knocks").isEqualTo(applied);
    // One that went wrong is told once, not of all who come after it.
    assertThat(runs.stream().filter(run -> told.add(run.run())).map(Seen::status))
        .as("statuses")
        .allMatch("applied"::equals);
  }

  /// A run, and the commit of its configuration.
  private record Seen(String run, String commit, String status) {
    boolean hasEnded() {
      return FINAL.contains(status);
    }
  }

  private List<Seen> runs() {
    List<Seen> runs = new ArrayList<>();
    String pages =
        path
            + "/runs?include=configuration_version,configuration_version.ingress_attributes"
            + "&page%5Bsize%5D=100&page%5Bnumber%5D=";
    JsonNode next = IntNode.valueOf(1);
    while (next.isInt()) {
      JsonNode page = client.get(pages + next.asInt()).json();
      for (JsonNode run : page.path("data")) {
        runs.add(
            new Seen(
                run.path("id").asText(),
                commitOf(run, page.path("included")),
                run.at("/attributes/status").asText()));
      }
      next = page.at("/meta/pagination/next-page");
    }
    return runs;
  }

  private static String commitOf(JsonNode run, JsonNode included) {
    JsonNode configuration =
        one(included, run.at("/relationships/configuration-version/data/id").asText());
    return one(included, configuration.at("/relationships/ingress-attributes/data/id").asText())
        .at("/attributes/commit-sha")
        .asText();
  }

  private static JsonNode one(JsonNode included, String id) {
    for (JsonNode one : included) {
      if (one.path("id").asText().equals(id)) {
        return one;
      }
    }
    throw new AssertionError(id + " is not in " + included);
  }

  @Override
  public void close() {
    door.close();
  }
}
