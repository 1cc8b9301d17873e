package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.HostEvents.BEFORE;
import static io.terrarium.sidekiqworker.HostEvents.OLDER;
import static io.terrarium.sidekiqworker.HostEvents.SHA;
import static io.terrarium.sidekiqworker.HostEvents.ingested;
import static io.terrarium.sidekiqworker.HostEvents.pullRequest;
import static io.terrarium.sidekiqworker.HostEvents.push;
import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.sidekiqworker.Neighbours.Asked;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What follows from what a Git host has told. The test speaks for slug-ingress.
class WebhooksIT {
  private static final AtomicInteger DELIVERIES = new AtomicInteger();

  @TempDir private static Path directory;
  private static SidekiqWorkerFixture fixture;
  private static Neighbours slugIngress;
  private Followed repository;

  @BeforeAll
  static void start() {
    fixture = new SidekiqWorkerFixture(directory);
    slugIngress = fixture.neighbours();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void follow() {
    fixture.empty();
    repository = new Followed(fixture.database());
  }

  private void process(String events) {
    deliver("webhook", events);
  }

  /// The job's flow, which its fixture makes of its name, tells its questions from those of tests
  /// before, whose jobs may still be at work.
  private void deliver(String job, String events) {
    again(job, come(events));
  }

  /// Its job is not there yet.
  private String come(String events) {
    String delivery = "whd-" + DELIVERIES.incrementAndGet();
    repository.delivery(delivery, events);
    return delivery;
  }

  private static void again(String job, String delivery) {
    String jid = job + "-" + delivery;
    fixture.push(
        "vcs", jid, "Webhooks::Process", "[{\"webhook_delivery_id\":\"" + delivery + "\"}]");
    fixture.awaitDone(jid);
  }

  private static String latest() {
    return "whd-" + DELIVERIES.get();
  }

  /// What slug-ingress is asked for the latest delivery.
  private static Asked asked() throws InterruptedException {
    while (true) {
      Asked asked = slugIngress.next(LONGEST);
      if (asked.flow().contains(latest())) {
        return asked;
      }
    }
  }

  @Nested
  class A_push {
    @Test
    void is_fetched_once_for_all_who_follow_the_branch() throws Exception {
      repository.follower("main", "vcs_branch = 'main'");
      repository.follower("usual", "");
      repository.follower("other", "vcs_branch = 'next'");
      repository.follower("tags", "vcs_tags_regex = 'v.*'");
      slugIngress.willAnswer(200, ingested());

      process(push("main", "[\"a.tf\"]"));

      Asked asked = asked();
      JsonNode request = Json.SNAKE.readTree(asked.body());
      assertThat(asked.uri()).isEqualTo("/v1/ingress");
      assertThat(asked.flow()).isEqualTo(latest());
      assertThat(asked.token()).isEqualTo("Bearer " + SidekiqWorkerFixture.INTERNAL.value());
      assertThat(request.at("/remote/url").asText())
          .isEqualTo("https://git.example.com/lab/net.git");
      assertThat(request.at("/revision/commit").asText()).isEqualTo(SHA);
      assertThat(request.path("upload_paths")).hasSize(2);
      assertThat(repository.configurations())
          .containsExactly("main/fetching/f/abcd", "usual/fetching/f/abcd");
      assertThat(repository.lines())
          .containsExactly(
              "Workspace main plans a push to main.", "Workspace usual plans a push to main.");
      assertThat(repository.causes()).containsExactly(latest());
    }

    @Test
    void matters_to_those_whose_files_have_changed() {
      repository.follower("all", "");
      repository.follower("switched off", "file_triggers_enabled = false, working_directory = 'x'");
      repository.follower("directory", "working_directory = 'net/'");
      repository.follower("other directory", "working_directory = 'ne'");
      repository.follower("prefix", "working_directory = 'x', trigger_prefixes = '{/net}'");
      repository.follower("pattern", "trigger_patterns = '{/**/*.tf}'");
      repository.follower("other pattern", "trigger_patterns = '{*.tf,net/?.tf}'");

      process(push("main", "[\"net/main.tf\"]"));

      assertThat(repository.configurations())
          .containsExactly(
              "all/fetching/f/abcd",
              "directory/fetching/f/abcd",
              "pattern/fetching/f/abcd",
              "prefix/fetching/f/abcd",
              "switched off/fetching/f/abcd");
    }

    @Test
    void has_its_files_found_out_by_git_where_its_host_does_not_tell_them() throws Exception {
      repository.follower("met", "working_directory = 'net'");
      repository.follower("not met", "working_directory = 'dns'");
      slugIngress.willAnswer(200, "{\"v\":1,\"files\":[\"net/a.tf\"],\"is_complete\":true}");

      process(push("main", ""));

      Asked asked = asked();
      assertThat(asked.uri()).isEqualTo("/v1/changes");
      assertThat(Json.SNAKE.readTree(asked.body()).path("base").asText()).isEqualTo(BEFORE);
      assertThat(repository.configurations()).containsExactly("met/fetching/f/abcd");
    }

    @Test
    void matters_to_all_where_nobody_knows_its_files() {
      repository.follower("met", "working_directory = 'net'");
      slugIngress.willAnswer(422, "{\"v\":1,\"error\":\"revision_not_found\",\"message\":\"no\"}");

      process(push("main", ""));

      assertThat(repository.configurations()).containsExactly("met/fetching/f/abcd");
    }

    @Test
    void starts_nothing_where_the_commit_is_known_or_no_run_has_been_yet() {
      repository.follower("asleep", "queue_all_runs = false");
      repository.follower("awake", "");
      process(push("main", "[\"a.tf\"]"));

      deliver("again", push("main", "[\"a.tf\"]"));

      assertThat(repository.configurations()).containsExactly("awake/fetching/f/abcd");
      assertThat(repository.lines().getFirst()).startsWith("Workspace asleep has had no run yet");
      assertThat(repository.lines().getLast())
          .isEqualTo("Workspace awake has the commit of a push to main already.");
    }

    @Test
    void starts_nothing_where_what_came_after_it_is_there_already() {
      repository.follower("ahead", "");
      String late = come(push("main", OLDER, "[\"a.tf\"]"));
      process(push("main", "[\"a.tf\"]"));

      again("webhook", late);

      assertThat(repository.configurations()).containsExactly("ahead/fetching/f/abcd");
      assertThat(repository.lines().getLast())
          .isEqualTo(
              "Workspace ahead has what came after a push to main already, which starts nothing any"
                  + " more.");
    }

    @Test
    void is_processed_once_however_often_its_job_comes() {
      repository.follower("once", "");
      process(push("main", "[\"a.tf\"]"));

      again("twice", latest());

      assertThat(repository.configurations()).hasSize(1);
      assertThat(repository.lines()).hasSize(1);
    }
  }

  @Nested
  class A_pull_request {
    @Test
    void is_planned_and_no_more_where_it_would_go() {
      repository.follower("target", "");
      repository.follower("silent", "speculative_enabled = false");
      repository.follower("other", "vcs_branch = 'next'");

      process(pullRequest("OPENED", "lab/net.git"));

      assertThat(repository.configurations()).containsExactly("target/fetching/t/abcd");
      assertThat(
              repository.one(
                  "SELECT concat_ws('/', pull_request_number, branch, sender_username)"
                      + " FROM ingress_attributes"))
          .isEqualTo("7/wide/ada");
    }

    @Test
    void of_a_fork_or_that_is_closed_starts_nothing() {
      repository.follower("target", "");
      process(pullRequest("OPENED", "mallory/net.git"));

      deliver("closed", pullRequest("CLOSED", "lab/net.git"));

      assertThat(repository.configurations()).isEmpty();
    }
  }

  @Nested
  class A_tag {
    @Test
    void matters_to_those_who_ask_for_such() {
      repository.follower("releases", "vcs_tags_regex = '^v\\d+\\.\\d+\\.\\d+$'");
      repository.follower("branch", "");

      process(
          """
          [{"tag_push":{"repository":{"identifier":"lab/net.git"},"tag":"v1.2.0","sha":"%s",
            "sender":{}}},
           {"tag_push":{"repository":{"identifier":"lab/net.git"},"tag":"nightly","sha":"%s",
            "sender":{}}}]\
          """
              .formatted(SHA, BEFORE));

      assertThat(repository.configurations()).containsExactly("releases/fetching/f/abcd");
    }
  }

  @Nested
  class An_ingress {
    @Test
    void that_cannot_be_done_leaves_its_configuration_errored_with_the_reason() {
      repository.follower("broken", "");
      slugIngress.willAnswer(
          422, "{\"v\":1,\"error\":\"authentication_failed\",\"message\":\"The host says no.\"}");

      process(push("main", "[\"a.tf\"]"));

      Eventually.until(
          "errored", () -> repository.configurations().equals(List.of("broken/errored/f/abcd")));
      assertThat(
              repository.one("SELECT error || ': ' || error_message FROM configuration_versions"))
          .isEqualTo("authentication_failed: The host says no.");
    }

    @Test
    void that_fails_makes_way_for_the_run_of_the_next_one() {
      repository.follower("next", "");
      slugIngress.willAnswer(503, "{}");
      process(push("main", OLDER, "[\"a.tf\"]"));
      fixture.only("retry");
      String first = repository.one("SELECT external_id FROM configuration_versions");
      repository.uploaded("next");
      slugIngress.willAnswer(422, "{\"v\":1,\"error\":\"too_large\",\"message\":\"Too large.\"}");

      fixture.push(
          "vcs",
          "repetition",
          "ConfigurationVersions::Ingest",
          "[{\"configuration_version_ids\":[\"" + first + "\"]}]");

      Eventually.until(
          "the run", () -> repository.one("SELECT count(*) || ' run' FROM runs").equals("1 run"));
    }

    @ParameterizedTest
    @CsvSource({"503, {}", "422, '{\"v\":1,\"error\":\"host_unreachable\",\"message\":\"away\"}'"})
    void is_tried_again_where_slug_ingress_or_the_host_is_away(int status, String answer) {
      repository.follower("patient", "");
      slugIngress.willAnswer(status, answer);

      process(push("main", "[\"a.tf\"]"));

      assertThat(fixture.only("retry").path("class").asText())
          .isEqualTo("ConfigurationVersions::Ingest");
      assertThat(repository.configurations()).containsExactly("patient/fetching/f/abcd");
    }
  }
}
