package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shown beside a commit that several workspaces have planned. The test speaks for the Git
/// host, and for the vault.
class CommitStatusesIT {
  private static final String OPENED =
      "{\"data\":{\"batch_results\":[{\"plaintext\":\"aHVzaA==\"}]}}";

  @TempDir private static Path directory;
  private static SidekiqWorkerFixture fixture;
  private static Neighbours host;
  private Followed repository;

  @BeforeAll
  static void start() {
    fixture = new SidekiqWorkerFixture(directory);
    host = fixture.neighbours();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void follow() {
    fixture.empty();
    repository = new Followed(fixture.database());
    repository.onGitea(host.uri());
    repository.follower("net", "");
    repository.follower("dns", "");
  }

  private void settings(boolean isAggregated) {
    fixture
        .database()
        .useTransaction(db ->
            db.execute(
                "UPDATE organizations SET aggregated_commit_status_enabled = ?", isAggregated));
  }

  /// What the host was told of one of the runs.
  private JsonNode posted(String run) throws Exception {
    host.willAnswer(200, OPENED);
    fixture.push("notifications", run, "CommitStatuses::Post", "[{\"run_id\":\"" + run + "\"}]");
    fixture.awaitDone(run);
    host.next(LONGEST);
    return Json.SNAKE.readTree(host.next(LONGEST).body());
  }

  @Test
  void is_of_each_workspace_where_the_organization_wants_them_apart() throws Exception {
    settings(false);
    repository.planned("run-net", "net", "finished");
    repository.planned("run-dns", "dns", "errored");

    JsonNode status = posted("run-net");

    assertThat(status.path("context").asText()).isEqualTo("Terraform Enterprise/acme/net");
    assertThat(status.path("state").asText()).isEqualTo("success");
    assertThat(status.path("description").asText())
        .isEqualTo("Terraform plan: 2 to add, 0 to change, 0 to destroy.");
  }

  /// Whatever event has led to them: a push of the branch, a pull request.
  @Test
  void is_of_the_last_plan_in_each_workspace_where_the_organization_gathers_them()
      throws Exception {
    settings(true);
    repository.planned("run-before", "net", "errored");
    repository.planned("run-net", "net", "finished");
    repository.planned("run-dns", "dns", "pending");

    JsonNode status = posted("run-net");

    assertThat(status.path("context").asText()).isEqualTo("Terraform Enterprise/acme");
    assertThat(status.path("state").asText()).isEqualTo("pending");
    assertThat(status.path("description").asText()).isEqualTo("1 of 2 workspaces planned");
  }
}
