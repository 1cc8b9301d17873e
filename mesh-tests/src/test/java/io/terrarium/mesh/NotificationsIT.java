package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Notifications through the whole mesh, to receivers that the lab allows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsIT {
  private static final String ORGANIZATION = "told";
  private static final byte[] SLUG =
      Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {\n  input = timestamp()\n}\n");

  @AutoClose private final Receivers receivers = new Receivers();
  @AutoClose private MeshFixture fixture;
  private Site site;

  @BeforeAll
  void start(@TempDir Path directory) {
    fixture = new MeshFixture(directory, false);
    site = fixture.site();
    site.organization(ORGANIZATION);
  }

  private ApiClient.Answer configure(String workspace, String type, String url) {
    return site.api()
        .post(
            "/api/v2/workspaces/" + workspace + "/notification-configurations",
            """
            {"data":{"type":"notification-configurations","attributes":{"name":"%s",
              "destination-type":"%s","url":"%s","enabled":true,"token":"hush",
              "triggers":["run:created","run:planning","run:needs_attention","run:applying",
                          "run:completed","run:errored"]}}}
            """
                .formatted(type, type, url));
  }

  private String configured(String workspace, String path) {
    ApiClient.Answer made = configure(workspace, "generic", receivers.url(path));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.data().path("id").asText();
  }

  private static JsonNode read(String json) {
    try {
      return Json.SNAKE.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> triggers(String path) {
    Set<String> triggers = new TreeSet<>();
    receivers
        .letters(path)
        .forEach(
            letter -> triggers.add(read(letter.body()).at("/notifications/0/trigger").asText()));
    return triggers;
  }

  @Test
  void a_run_is_told_from_its_first_move_to_its_last_each_time_signed() {
    String workspace = site.workspace(ORGANIZATION, "whole");
    site.upload(workspace, SLUG);
    String configuration = configured(workspace, "/whole");

    String run = site.queueRun(workspace, "{\"message\":\"Because\",\"auto-apply\":false}");
    site.awaitStatus(run, "planned");
    site.api().post("/api/v2/runs/" + run + "/actions/apply", "{}");
    site.awaitStatus(run, "applied");

    Eventually.until(() -> "only " + triggers("/whole"), () -> triggers("/whole").size() == 6);
    assertThat(triggers("/whole"))
        .containsExactly(
            "run:applying",
            "run:completed",
            "run:created",
            "run:needs_attention",
            "run:planning",
            "verification");
    Mac mac = Mac.sha512(new Secret("hush"));
    for (Receivers.Letter letter : receivers.letters("/whole")) {
      assertThat(letter.signature()).isEqualTo(HexFormat.of().formatHex(mac.sign(letter.body())));
      JsonNode body = read(letter.body());
      assertThat(body.path("notification_configuration_id").asText()).isEqualTo(configuration);
      if (!body.at("/notifications/0/trigger").asText().equals("verification")) {
        assertThat(body.path("run_id").asText()).isEqualTo(run);
        assertThat(body.path("run_message").asText()).isEqualTo("Because");
        assertThat(body.path("run_created_by").asText()).isEqualTo("admin");
        assertThat(body.path("workspace_name").asText()).isEqualTo("whole");
        assertThat(body.path("organization_name").asText()).isEqualTo(ORGANIZATION);
      }
    }
    Eventually.until(
        () -> "hops: " + waysBeside(run),
        () ->
            waysBeside(run)
                .containsAll(
                    List.of(
                        "atlas sidekiq-worker redis",
                        "sidekiq-worker outbound-proxy http",
                        "outbound-proxy receiver http")));
  }

  private List<String> waysBeside(String run) {
    List<String> ways = new ArrayList<>();
    for (JsonNode hop : site.api().get("/api/v2/terrarium/flows/" + run).json().path("hops")) {
      if (hop.path("phase").asText().isEmpty()) {
        ways.add(
            hop.path("from").asText()
                + " "
                + hop.path("to").asText()
                + " "
                + hop.path("medium").asText());
      }
    }
    return ways;
  }

  @Test
  void receivers_that_misbehave_hold_up_no_run_and_no_other_receiver() {
    String workspace = site.workspace(ORGANIZATION, "hostile");
    site.upload(workspace, SLUG);
    String hangs = configured(workspace, "/hangs");
    String endless = configured(workspace, "/endless");
    String moved = configured(workspace, "/moved");
    String broken = configured(workspace, "/broken");
    configured(workspace, "/good");

    String run = site.queueRun(workspace);

    site.awaitStatus(run, "applied");
    Eventually.until(
        () -> "only " + triggers("/good"), () -> triggers("/good").contains("run:completed"));
    awaitResponse(endless, "200", "true", "....");
    awaitResponse(moved, "302", "false", "");
    awaitResponse(broken, "500", "false", "out of order");
    awaitResponse(hangs, "", "false", "within 10 seconds");
    assertThat(response(endless).path("body").asText()).hasSize(4096);
  }

  private JsonNode response(String configuration) {
    return site.api()
        .get("/api/v2/notification-configurations/" + configuration)
        .attribute("delivery-responses")
        .path(0);
  }

  private void awaitResponse(String id, String code, String successful, String words) {
    Eventually.until(
        () -> id + " has " + response(id).toString(),
        () ->
            response(id).path("code").asText().equals(code)
                && response(id).path("successful").asText().equals(successful)
                && response(id).path("body").asText().contains(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/hook",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::1]:8080/"
      })
  void an_address_that_the_lab_does_not_allow_is_refused(String url) {
    String workspace = site.workspace(ORGANIZATION, "inside" + url.length());

    ApiClient.Answer refused = configure(workspace, "slack", url);

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/detail").asText()).contains("TERRARIUM_OUTBOUND_ALLOW");
  }
}
