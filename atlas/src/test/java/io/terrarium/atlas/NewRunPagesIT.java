package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs that people start in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewRunPagesIT {
  private static final String WORKSPACES = "/app/acme/workspaces/";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String newRun(String workspace) {
    return WORKSPACES + workspace + "/runs/new";
  }

  private static String runId(Answer made) {
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    String location = made.header("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Nested
  class A_run {
    @Test
    void is_made_and_shown_next() {
      server.readyWorkspace("started");

      Answer made =
          alice.submit(
              newRun("started"), Map.of("message", "Try <it>", "operation", "plan_and_apply"));

      assertThat(made.header("Location").orElseThrow())
          .matches(WORKSPACES + "started/runs/run-\\w+");
      assertThat(alice.open(made.header("Location").orElseThrow()).text())
          .contains("Try &lt;it&gt;", "The run is there.");
      Answer run = server.get("alice", "/runs/" + runId(made));
      assertThat(run.attribute("source").asText()).isEqualTo("tfe-ui");
      assertThat(run.attribute("message").asText()).isEqualTo("Try <it>");
    }

    @ParameterizedTest
    @CsvSource({
      "plan_only, plan-only",
      "refresh_only, refresh-only",
      "destroy, is-destroy",
      "empty_apply, allow-empty-apply"
    })
    void is_of_the_kind_that_was_chosen(String operation, String attribute) {
      server.readyWorkspace(operation);

      Answer made = alice.submit(newRun(operation), Map.of("operation", operation));

      Answer run = server.get("alice", "/runs/" + runId(made));
      assertThat(run.attribute(attribute).asBoolean()).isTrue();
      assertThat(run.attribute("message").asText()).isEqualTo("Triggered via UI");
    }

    @Test
    void may_be_of_some_resources_alone() {
      server.readyWorkspace("some");

      Answer made =
          alice.submit(newRun("some"), Map.of("target-addrs[]", "a.b\r\n\r\n c.d ", "message", ""));

      Answer run = server.get("alice", "/runs/" + runId(made));
      assertThat(run.attribute("target-addrs")).hasToString("[\"a.b\",\"c.d\"]");
    }

    @Test
    void is_refused_beside_what_was_typed() {
      server.readyWorkspace("refused");

      Answer answer =
          alice.submit(
              newRun("refused"), Map.of("message", "m".repeat(5_000), "operation", "plan_only"));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text())
          .contains("Message must have at most 4096 characters", "m".repeat(5_000))
          .containsPattern("value=\"plan_only\"\\s+checked");
    }

    @Test
    void is_audited_by_its_id() {
      server.readyWorkspace("audited");
      try (CapturedLog log = CapturedLog.of("io.terrarium.audit", new JsonLines())) {
        String run = runId(alice.submit(newRun("audited"), Map.of("operation", "plan_only")));

        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().getFirst())
            .contains("\\\"resource\\\":\\\"run\\\"", "\\\"action\\\":\\\"create\\\"", run);
      }
    }
  }

  @Nested
  class A_workspace {
    @Test
    void without_a_configuration_says_how_to_get_one() {
      server.workspace("bare");

      Answer form = alice.open(newRun("bare"));
      Answer sent = alice.submit(newRun("bare"), Map.of("operation", "plan_only"));

      assertThat(form.text())
          .contains("terraform init", "hostname     = \"127.0.0.1:8443\"", "version-control")
          .doesNotContain("name=\"operation\"");
      assertThat(sent.status()).isEqualTo(422);
      assertThat(sent.text()).contains("terraform init").doesNotContain("name=\"operation\"");
    }

    @Test
    void of_local_execution_offers_no_run() {
      String id = server.readyWorkspace("local");
      server.send(
          "alice",
          "PATCH",
          "/workspaces/" + id,
          Tenants.document("workspaces", "{\"execution-mode\":\"local\"}"));

      assertThat(alice.open(WORKSPACES + "local").text()).doesNotContain("New run");
      assertThat(alice.open(newRun("local")).text()).contains("on your own machine");
    }

    @Test
    void offers_a_run_to_who_may_start_one_and_to_nobody_else() {
      String id = server.readyWorkspace("seen");
      Browser reader = server.member("rita", id, "{\"access\":\"read\"}");

      String forAlice = alice.open(WORKSPACES + "seen").text();
      String forReader = reader.open(WORKSPACES + "seen").text();
      Answer form = reader.open(newRun("seen"));
      Answer sent = reader.submit(newRun("seen"), Map.of("operation", "plan_only"));

      assertThat(forAlice).contains("New run");
      assertThat(alice.open(WORKSPACES + "seen/runs").text()).contains("New run");
      assertThat(forReader).contains("seen").doesNotContain("New run");
      assertThat(form.status()).isEqualTo(404);
      assertThat(sent.status()).isEqualTo(404);
    }
  }
}
