package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.sidekiqworker.Neighbours.Asked;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workspaces whose files a pull request leaves alone. The test speaks for the Git host, and for
/// the vault.
class PassingStatusesIT {
  private static final String SHA = "abcd" + "0".repeat(36);
  private static final String OPENED =
      "{\"data\":{\"batch_results\":[{\"plaintext\":\"aHVzaA==\"}]}}";
  private static final String POST = "CommitStatuses::PostPassing";

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
    repository.follower("untouched", "working_directory = 'dns'");
    repository.follower("silent", "working_directory = 'dns', speculative_enabled = false");
  }

  private void settings(boolean isAggregated, boolean byOrganization, boolean bySite) {
    fixture
        .database()
        .useTransaction(db -> {
          db.execute(
              "UPDATE organizations SET aggregated_commit_status_enabled = ?,"
                  + " send_passing_statuses_for_untriggered_speculative_plans = ?",
              isAggregated,
              byOrganization);
          db.execute(
              "UPDATE general_settings"
                  + " SET send_passing_statuses_for_untriggered_speculative_plans = ?",
              bySite);
        });
  }

  /// A pull request that changes one file, below `net`.
  private void open(String delivery, String... more) {
    host.willAnswer(200, OPENED);
    host.willAnswer(200, "[{\"filename\":\"net/main.tf\"}]");
    List.of(more).forEach(answer -> host.willAnswer(200, answer));
    repository.delivery(
        delivery,
        """
        [{"pull_request":{"repository":{"identifier":"lab/net","default_branch":"main"},
          "number":7,"action":"OPENED","is_merged":false,"title":"A wider net","body":"","url":"https://git.example.com/7",
          "head":{"branch":"wide","sha":"%s","repository":"lab/net"},"base":{"branch":"main"},
          "sender":{"username":"ada"}}}]\
        """
            .formatted(SHA));
    fixture.push(
        "vcs", delivery, "Webhooks::Process", "[{\"webhook_delivery_id\":\"" + delivery + "\"}]");
    fixture.awaitDone(delivery);
  }

  private List<String> jobs() {
    return fixture
        .database()
        .read(db ->
            db.createQuery("SELECT argument::text FROM outbox WHERE class = :post")
                .bind("post", POST)
                .mapTo(String.class)
                .list());
  }

  @Nested
  class A_workspace_that_a_pull_request_leaves_alone {
    @Test
    void passes_where_the_organization_says_so() throws Exception {
      settings(false, true, false);
      open("whd-passing", OPENED);
      host.next(LONGEST);
      assertThat(host.next(LONGEST).uri()).startsWith("GET /repos/lab/net/pulls/7/files");

      Asked opened = host.next(LONGEST);
      Asked posted = host.next(LONGEST);

      assertThat(opened.uri()).isEqualTo("/v1/transit/decrypt/atlas_vcs");
      assertThat(posted.uri()).isEqualTo("/repos/lab/net/statuses/" + SHA);
      JsonNode status = Json.SNAKE.readTree(posted.body());
      assertThat(status.path("state").asText()).isEqualTo("success");
      assertThat(status.path("context").asText()).isEqualTo("Terraform Enterprise/acme/untouched");
      assertThat(status.path("target_url").asText())
          .isEqualTo("https://127.0.0.1:8443/app/acme/workspaces/untouched");
      assertThat(repository.configurations()).isEmpty();
    }

    /// Where the vault does not answer, the job stays to be counted.
    @ParameterizedTest
    @CsvSource({
      "false, true, false, 1",
      "false, false, true, 1",
      "false, false, false, 0",
      "true, true, true, 0"
    })
    void passes_where_each_workspace_has_a_status_and_the_organization_or_the_site_says_so(
        boolean isAggregated, boolean byOrganization, boolean bySite, int expected) {
      settings(isAggregated, byOrganization, bySite);

      open("whd-" + isAggregated + byOrganization + bySite);

      assertThat(jobs()).hasSize(expected);
    }
  }

  @Nested
  class A_job {
    private static final String ARGUMENT =
        "[{\"vcs_repository_id\":\"repo-1\",\"commit_sha\":\""
            + SHA
            + "\",\"workspace_ids\":[\"ws-untouched\",\"ws-silent\",\"ws-gone\"]}]";

    @Test
    void tells_of_all_that_still_follow_the_repository() throws Exception {
      host.willAnswer(200, OPENED);

      fixture.push("notifications", "pass", POST, ARGUMENT);

      fixture.awaitDone("pass");
      host.next(LONGEST);
      assertThat(host.next(LONGEST).body()).contains("acme/untouched");
      assertThat(host.next(LONGEST).body()).contains("acme/silent");
      assertThat(host.waiting()).isZero();
    }

    @Test
    void is_tried_again_where_the_host_is_away() {
      host.willAnswer(200, OPENED);
      host.willAnswer(503, "{}");

      fixture.push("notifications", "away", POST, ARGUMENT);

      assertThat(fixture.only("retry").path("class").asText()).isEqualTo(POST);
      assertThat(fixture.isDone("away")).isFalse();
    }

    @Test
    void leaves_a_line_where_the_host_refuses() {
      host.willAnswer(200, OPENED);
      host.willAnswer(403, "{\"message\":\"read only\"}");

      fixture.push("notifications", "refused", POST, ARGUMENT);

      fixture.awaitDone("refused");
      assertThat(repository.lines())
          .containsExactly(
              "The status of commit "
                  + SHA
                  + " could not be shown: The host answers 403: read only.");
    }
  }
}
