package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.json.Json;
import io.terrarium.sidekiqworker.Neighbours.Asked;
import io.terrarium.testsupport.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidekiqWorkerIT {
  private static final String BUILD =
      """
      {"run_id":"run-1","command":{"v":1,"run_id":"run-1","phase":"plan","phase_id":"plan-1",\
      "priority":"plan","command":3,\
      "limits":{"memory_megabytes":512,"cpus":0,"timeout_seconds":60}}}\
      """;
  private static final String CANCEL = "{\"run_id\":\"run-1\",\"phase_id\":\"plan-1\"}";

  @TempDir private static Path directory;
  private static SidekiqWorkerFixture fixture;
  private static Neighbours neighbours;

  @BeforeAll
  static void start() {
    fixture = new SidekiqWorkerFixture(directory);
    neighbours = fixture.neighbours();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.empty();
  }

  private static void push(String jid, String className, String args) {
    fixture.push("critical", jid, className, args);
  }

  @Nested
  class The_metrics {
    private static final Pattern COUNTED =
        Pattern.compile(
            "sidekiq_jobs_seconds_count\\{class=\"Runs::EnqueueBuild\",end=\"done\","
                + "queue=\"critical\"} [1-9]");

    @Test
    void count_jobs_by_queue_class_and_end_and_tell_of_the_pool() {
      push("counted", "Runs::EnqueueBuild", "[" + BUILD + "]");

      // What a job does may be seen before the job is at its end.
      Eventually.until("a job that is counted", () -> COUNTED.matcher(metrics()).find());

      assertThat(metrics())
          .contains("sidekiq_jobs_busy ")
          .contains("hikaricp_connections_active{pool=\"sidekiq-worker\"} ")
          .contains("hikaricp_connections_idle{pool=\"sidekiq-worker\"} ")
          .contains("hikaricp_connections_pending{pool=\"sidekiq-worker\"} ")
          .doesNotContain("counted");
    }

    private String metrics() {
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpRequest request = HttpRequest.newBuilder(fixture.address().resolve("/metrics")).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
      }
    }
  }

  @Nested
  class A_job {
    @Test
    void to_enqueue_a_build_is_passed_to_build_manager() throws Exception {
      push("build", "Runs::EnqueueBuild", "[" + BUILD + "]");

      Asked asked = neighbours.next(LONGEST);
      fixture.awaitDone("build");
      assertThat(asked.uri()).isEqualTo(InternalApi.BUILDS);
      assertThat(asked.contentType()).isEqualTo("application/json");
      assertThat(Json.SNAKE.readTree(asked.body()))
          .isEqualTo(Json.SNAKE.readTree(BUILD).path("command"));
    }

    @Test
    void carries_the_internal_token_and_its_flow() throws Exception {
      push("build", "Runs::EnqueueBuild", "[" + BUILD + "]");

      Asked asked = neighbours.next(LONGEST);
      assertThat(asked.token()).isEqualTo("Bearer " + SidekiqWorkerFixture.INTERNAL.value());
      assertThat(asked.flow()).isEqualTo("flow-build");
      assertThat(asked.phase()).isEqualTo("plan");
      assertThat(asked.from()).isEqualTo("sidekiq-worker");
      assertThat(asked.sentAt()).isEqualTo(Json.format(fixture.clock().instant()));
    }

    @Test
    void is_told_to_atlas_as_the_documents_first_step() throws Exception {
      push("told", "Runs::EnqueueBuild", "[" + BUILD + "]");

      JsonNode hop = neighbours.nextHop("flow-told", LONGEST);
      assertThat(hop.path("step").asInt()).isEqualTo(1);
      assertThat(hop.path("medium").asText()).isEqualTo("redis");
      assertThat(hop.path("from").asText()).isEqualTo("atlas");
      assertThat(hop.path("to").asText()).isEqualTo("sidekiq-worker");
      assertThat(hop.path("sent_at").asText()).isEqualTo("2026-01-02T03:04:00.000Z");
      assertThat(hop.at("/sent/line").asText()).isEqualTo("LPUSH queue:critical");
      assertThat(hop.at("/sent/body").asText()).contains("Runs::EnqueueBuild", "phase_id");
    }

    @Test
    void to_signal_a_cancel_is_passed_to_build_manager() throws Exception {
      push("cancel", "Runs::SignalCancel", "[" + CANCEL + "]");

      Asked asked = neighbours.next(LONGEST);
      fixture.awaitDone("cancel");
      assertThat(asked.uri()).isEqualTo(InternalApi.CANCELS);
      assertThat(Json.SNAKE.readTree(asked.body()))
          .isEqualTo(Json.SNAKE.readTree("{\"v\":1,\"phase_id\":\"plan-1\"}"));
    }

    @Test
    void to_close_a_log_appends_its_words_at_archivist_by_a_signed_path_alone() throws Exception {
      push(
          "log",
          "Runs::CloseLog",
          "[{\"run_id\":\"run-1\",\"phase_id\":\"plan-1\",\"message\":\"canceled\"}]");

      Asked asked = neighbours.next(LONGEST);
      fixture.awaitDone("log");
      assertThat(asked.uri()).startsWith("/_archivist/v1/object/").endsWith("?end=1");
      assertThat(asked.token()).isEmpty();
      assertThat(asked.flow()).isEqualTo("flow-log");
      assertThat(asked.contentType()).isEqualTo("text/plain");
      assertThat(asked.body()).isEqualTo("\ncanceled\n");
    }

    @Test
    void to_delete_objects_asks_archivist_for_each_by_a_signed_path_alone() throws Exception {
      push("gone", "Objects::Delete", "[{\"object_ids\":[\"states/a\",\"states/b\"]}]");

      Asked first = neighbours.next(LONGEST);
      Asked second = neighbours.next(LONGEST);
      fixture.awaitDone("gone");
      assertThat(first.uri()).startsWith("DELETE /_archivist/v1/object/");
      assertThat(second.uri()).startsWith("DELETE /_archivist/v1/object/");
      assertThat(first.uri()).isNotEqualTo(second.uri());
      assertThat(first.token()).isEmpty();
    }

    @Test
    void to_parse_a_state_keeps_what_state_parser_found() throws Exception {
      fixture.insertState("sv-1", "states/sv-1/state");
      neighbours.willAnswer(
          200,
          """
          {"v":1,"terraform_version":"1.9.8","state_format":4,"serial":7,"lineage":"abc",
           "resource_count":42,"resources":[],"modules":[],"providers":[],"outputs":[]}
          """);

      fixture.push(
          "default", "state", "StateVersions::ParseState", "[{\"state_version_id\":\"sv-1\"}]");

      Asked asked = neighbours.next(LONGEST);
      fixture.awaitDone("state");
      JsonNode request = Json.SNAKE.readTree(asked.body());
      assertThat(asked.uri()).isEqualTo(InternalApi.PARSE);
      assertThat(asked.token()).isEqualTo("Bearer " + SidekiqWorkerFixture.INTERNAL.value());
      assertThat(request.path("flow").asText()).isEqualTo("flow-state");
      assertThat(request.path("state_path").asText()).startsWith("/_archivist/v1/object/");
      assertThat(fixture.state("sv-1")).isEqualTo("t/42/1.9.8");
    }

    @Test
    void to_parse_what_is_no_state_is_done_once_state_parser_says_so() {
      fixture.insertState("sv-3", "states/sv-3/state");
      neighbours.willAnswer(422, "{\"errors\":[{\"detail\":\"This is no state.\"}]}");

      fixture.push(
          "default", "state", "StateVersions::ParseState", "[{\"state_version_id\":\"sv-3\"}]");

      fixture.awaitDone("state");
      assertThat(fixture.state("sv-3")).startsWith("t");
      assertThat(fixture.size("retry")).isZero();
    }

    @Test
    void to_parse_a_state_that_is_gone_asks_nobody() {
      fixture.push(
          "default", "gone", "StateVersions::ParseState", "[{\"state_version_id\":\"sv-gone\"}]");

      fixture.awaitDone("gone");
      assertThat(neighbours.waiting()).isZero();
    }
  }

  @Nested
  class A_job_whose_neighbour_fails {
    @Test
    void waits_among_the_retries_with_sidekiq_s_fields_and_nothing_of_the_answer() {
      neighbours.willAnswer(503, "{\"errors\":[{\"detail\":\"the secret of the neighbour\"}]}");

      push("build", "Runs::EnqueueBuild", "[" + BUILD + "]");

      JsonNode retried = fixture.only("retry");
      assertThat(retried.path("jid").asText()).isEqualTo("build");
      assertThat(retried.path("queue").asText()).isEqualTo("critical");
      assertThat(retried.path("error_class").asText()).isEqualTo(NeighbourFault.class.getName());
      assertThat(retried.path("error_message").asText()).isEqualTo("POST /v1/builds answered 503");
      assertThat(retried.path("retry_count").asInt(-1)).isZero();
      assertThat(retried.path("failed_at").decimalValue())
          .isEqualByComparingTo(
              java.math.BigDecimal.valueOf(fixture.clock().instant().toEpochMilli(), 3));
      assertThat(retried.toString()).doesNotContain("secret of the neighbour");
      assertThat(fixture.isDone("build")).isFalse();
    }

    @Test
    void is_done_when_its_time_has_come_and_the_neighbour_is_back() throws Exception {
      neighbours.willAnswer(500, "");
      push("build", "Runs::EnqueueBuild", "[" + BUILD + "]");
      Asked first = neighbours.next(LONGEST);
      fixture.only("retry");

      fixture.clock().advance(Duration.ofMinutes(1));

      Asked second = neighbours.next(LONGEST);
      fixture.awaitDone("build");
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.sentAt()).isEqualTo(Json.format(fixture.clock().instant()));
      assertThat(fixture.size("retry")).isZero();
      assertThat(fixture.size("dead")).isZero();
    }

    @Test
    void is_not_pushed_a_second_time_while_it_waits() {
      neighbours.willAnswer(503, "");

      push("build", "Runs::EnqueueBuild", "[" + BUILD + "]");

      fixture.only("retry");
      assertThat(fixture.minutesLeft("build")).isBetween(2L, 3L);
    }

    @Test
    void waits_for_minutes_and_not_for_days_after_many_failures() {
      neighbours.willAnswer(503, "");

      fixture.pushFailed("critical", "build", "Runs::EnqueueBuild", "[" + BUILD + "]", 20, "true");

      fixture.only("retry");
      assertThat(fixture.minutesLeft("build")).isBetween(6L, 7L);
    }

    @Test
    void is_pushed_anew_long_after_sidekiq_has_given_it_up() {
      neighbours.willAnswer(503, "");

      fixture.pushFailed("critical", "build", "Runs::EnqueueBuild", "[" + BUILD + "]", 25, "true");

      fixture.only("dead");
      assertThat(fixture.minutesLeft("build")).isBetween(60L, 62L);
    }

    @Test
    void is_retried_when_the_answer_makes_no_sense() {
      fixture.insertState("sv-2", "states/sv-2/state");
      neighbours.willAnswer(200, "<html>the secret of the neighbour</html>");

      fixture.push(
          "default", "state", "StateVersions::ParseState", "[{\"state_version_id\":\"sv-2\"}]");

      JsonNode retried = fixture.only("retry");
      assertThat(retried.path("error_message").asText())
          .isEqualTo("POST /v1/parse answered what is no ParsedState");
    }
  }

  @Nested
  class A_job_that_cannot_be_read {
    private static JsonNode dead(String jid, String className, String args) {
      push(jid, className, args);
      JsonNode dead = fixture.only("dead");
      assertThat(fixture.size("retry")).isZero();
      assertThat(neighbours.waiting()).isZero();
      return dead;
    }

    @Test
    void is_dead_at_once_without_an_argument() {
      JsonNode dead = dead("short", "Runs::EnqueueBuild", "[]");

      assertThat(dead.path("jid").asText()).isEqualTo("short");
      assertThat(dead.path("error_message").asText())
          .isEqualTo("Runs::EnqueueBuild takes one argument, not 0");
      assertThat(dead.path("failed_at").isNumber()).isTrue();
      assertThat(fixture.isDone("short")).as("never pushed again").isTrue();
    }

    @Test
    void is_dead_at_once_with_null_for_an_argument() {
      JsonNode dead = dead("null", "Runs::SignalCancel", "[null]");

      assertThat(dead.path("error_message").asText())
          .isEqualTo("Runs::SignalCancel takes a JSON object");
    }

    @Test
    void is_dead_at_once_with_null_for_its_arguments() {
      JsonNode dead = dead("none", "Runs::SignalCancel", "null");

      assertThat(dead.path("error_message").asText()).isEqualTo("the job's args must be an array");
      assertThat(dead.path("args").path(0).asText()).contains("\"jid\":\"none\"");
    }

    @Test
    void is_dead_at_once_and_says_which_fields_it_lacks() {
      JsonNode dead = dead("poor", "Runs::CloseLog", "[{\"run_id\":\"run-1\"}]");

      assertThat(dead.path("error_message").asText())
          .isEqualTo("the argument of Runs::CloseLog lacks: phase_id, message");
    }

    @Test
    void is_retried_when_only_a_newer_worker_may_know_its_class() {
      push("new", "Runs::Estimate", "[{}]");

      JsonNode retried = fixture.only("retry");
      assertThat(retried.path("error_message").asText())
          .isEqualTo("unknown job class Runs::Estimate");
    }
  }
}
