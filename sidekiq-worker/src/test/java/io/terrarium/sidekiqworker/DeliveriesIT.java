package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.sidekiqworker.Neighbours.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notifications, by way of the real outbound proxy.
class DeliveriesIT {
  private static final String DELIVER = "Notifications::Deliver";
  private static final int TRIES = 6;

  @TempDir private static Path directory;
  private static SidekiqWorkerFixture fixture;
  private static Neighbours receiver;

  @BeforeAll
  static void start() {
    fixture = new SidekiqWorkerFixture(directory);
    receiver = fixture.neighbours();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.empty();
    fixture.insertRun("run-1");
  }

  private static void deliver(String jid, String configuration) {
    fixture.push("notifications", jid, DELIVER, applying(configuration));
  }

  private static String applying(String configuration) {
    return """
    [{"configuration_id":"%s","run_id":"run-1","trigger":"run:applying",\
    "run_status":"applying","run_updated_at":"2026-01-02T03:04:05.000Z","run_updated_by":null}]\
    """
        .formatted(configuration);
  }

  private static String hook() {
    return receiver.uri() + "/hook?key=secret";
  }

  @Nested
  class A_notification {
    @Test
    void reaches_its_receiver_whole_and_its_answer_is_kept() throws Exception {
      fixture.insertConfiguration("nc-1", "generic", hook());
      receiver.willAnswer(200, "thanks\0");

      deliver("told", "nc-1");

      Asked asked = receiver.next(LONGEST);
      fixture.awaitDone("told");
      assertThat(asked.uri()).isEqualTo("/hook?key=secret");
      assertThat(asked.flow()).as("nothing of ours goes out").isEmpty();
      assertThat(asked.token()).isEmpty();
      JsonNode body = Json.SNAKE.readTree(asked.body());
      assertThat(body.path("run_url").asText())
          .isEqualTo("https://127.0.0.1:8443/app/acme/workspaces/net/runs/run-1");
      assertThat(body.path("run_message").asText()).isEqualTo("Because <!channel>");
      assertThat(body.path("organization_name").asText()).isEqualTo("acme");
      assertThat(body.at("/notifications/0"))
          .isEqualTo(
              Json.SNAKE.readTree(
                  """
                  {"message":"Run Applying","trigger":"run:applying","run_status":"applying",
                   "run_updated_at":"2026-01-02T03:04:05.000Z","run_updated_by":null}
                  """));
      assertThat(fixture.responses("nc-1")).containsExactly("200/t/thanks\uFFFD");
    }

    @Test
    void to_slack_is_one_of_slack_s_and_calls_nobody() throws Exception {
      fixture.insertConfiguration("nc-1", "slack", hook());

      deliver("slack", "nc-1");

      JsonNode body = Json.SNAKE.readTree(receiver.next(LONGEST).body());
      assertThat(body.path("text").asText()).isEqualTo("Run Applying: acme/net");
      assertThat(body.at("/attachments/0/title").asText()).isEqualTo("run-1");
      assertThat(body.at("/attachments/0/title_link").asText()).endsWith("/runs/run-1");
      assertThat(body.at("/attachments/0/text").asText()).isEqualTo("Because &lt;!channel&gt;");
      assertThat(body.at("/attachments/0/fields/0/short").asBoolean()).isTrue();
    }

    @Test
    void to_teams_is_an_adaptive_card() throws Exception {
      fixture.insertConfiguration("nc-1", "microsoft-teams", hook());

      deliver("teams", "nc-1");

      JsonNode body = Json.SNAKE.readTree(receiver.next(LONGEST).body());
      JsonNode card = body.at("/attachments/0");
      assertThat(body.path("type").asText()).isEqualTo("message");
      assertThat(card.path("contentType").asText())
          .isEqualTo("application/vnd.microsoft.card.adaptive");
      assertThat(card.at("/content/$schema").asText()).isNotEmpty();
      assertThat(card.at("/content/type").asText()).isEqualTo("AdaptiveCard");
      assertThat(card.at("/content/actions/0/url").asText()).endsWith("/runs/run-1");
    }

    @Test
    void shows_its_way_hop_by_hop() throws Exception {
      fixture.insertConfiguration("nc-1", "generic", hook());

      deliver("way", "nc-1");

      List<String> ways =
          List.of(
              way(receiver.nextHop("flow-way", LONGEST)),
              way(receiver.nextHop("flow-way", LONGEST)),
              way(receiver.nextHop("flow-way", LONGEST)));
      assertThat(ways)
          .containsExactlyInAnyOrder(
              "atlas sidekiq-worker redis ok",
              "sidekiq-worker outbound-proxy http ok",
              "outbound-proxy receiver http ok");
    }

    private static String way(JsonNode hop) {
      assertThat(hop.toString()).as("the address may hold a secret").doesNotContain("secret");
      assertThat(hop.at("/sent/line").asText()).isNotEmpty();
      return String.join(
          " ",
          hop.path("from").asText(),
          hop.path("to").asText(),
          hop.path("medium").asText(),
          hop.path("outcome").asText());
    }

    @Test
    void of_a_configuration_that_is_gone_or_switched_off_is_told_to_nobody() {
      fixture.insertConfiguration("nc-off", "generic", hook());
      fixture.switchOff("nc-off");

      deliver("gone", "nc-gone");
      deliver("off", "nc-off");

      fixture.awaitDone("gone");
      fixture.awaitDone("off");
      assertThat(receiver.waiting()).isZero();
    }

    @Test
    void to_an_address_inside_is_tried_once_and_says_why() {
      fixture.insertConfiguration("nc-1", "generic", "http://10.0.0.1/hook");

      deliver("inside", "nc-1");

      fixture.awaitDone("inside");
      assertThat(fixture.size("retry")).isZero();
      assertThat(fixture.responses("nc-1").getFirst())
          .startsWith("/f/")
          .contains("10.0.0.1", "private address");
    }
  }

  @Nested
  class A_receiver_that_fails {
    @Test
    void is_told_again_and_each_of_its_answers_is_kept() throws Exception {
      fixture.insertConfiguration("nc-1", "generic", hook());
      receiver.willAnswer(500, "out of order");
      receiver.willAnswer(204, "");

      deliver("again", "nc-1");
      Asked first = receiver.next(LONGEST);
      JsonNode retried = fixture.only("retry");
      fixture.clock().advance(Duration.ofMinutes(1));

      assertThat(receiver.next(LONGEST).body()).isEqualTo(first.body());
      fixture.awaitDone("again");
      assertThat(fixture.responses("nc-1")).containsExactly("204/t/", "500/f/out of order");
      assertThat(retried.path("error_message").asText())
          .isEqualTo("the receiver of nc-1 answered with 500");
      assertThat(retried.toString()).doesNotContain("secret", "out of order");
    }

    @Test
    void is_given_up_for_good_after_some_tries() {
      fixture.insertConfiguration("nc-1", "generic", hook());
      receiver.willAnswer(500, "");

      fixture.pushFailed("notifications", "last", DELIVER, applying("nc-1"), TRIES - 1, "5");

      fixture.only("dead");
      fixture.awaitDone("last");
    }

    @Test
    void that_redirects_leads_us_nowhere() throws Exception {
      fixture.insertConfiguration("nc-1", "generic", hook());
      receiver.willRedirect("http://169.254.169.254/latest/meta-data/");

      deliver("redirected", "nc-1");

      receiver.next(LONGEST);
      fixture.only("retry");
      assertThat(fixture.responses("nc-1")).containsExactly("302/f/");
      assertThat(receiver.waiting()).isZero();
    }
  }
}
