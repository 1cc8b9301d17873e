package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Builds whose script stands in for terraform.
class ScriptedIT extends EngineTrial {
  private static final String VERSION = "1.11.4+scripted";
  private static final String LONG =
      """
      {"plan": {"log": ["thinking"], "duration_ms": 100000, %1$s},
       "apply": {"log": ["working"], "duration_ms": 100000, %1$s}}
      """;

  private static ABuild plan() {
    return ABuild.plan().of(VERSION);
  }

  private static ABuild apply() {
    return ABuild.apply().of(VERSION).again();
  }

  private void script(String json) {
    mesh.put("slug", ABuild.slug(Map.of("terrarium-script.json", json)));
  }

  private JsonNode stored(String name) throws IOException {
    return Json.SNAKE.readTree(mesh.get(name));
  }

  @Nested
  class A_plan {
    @Test
    void finds_as_many_changes_as_its_script_says() throws IOException {
      script(
          """
          {"plan": {"log": ["Looking around", "Done"], "duration_ms": 20,
                    "changes": {"add": 3, "change": 2, "destroy": 1, "import": 1}}}
          """);

      BuildEvent event = run(plan());

      assertThat(event)
          .as(mesh.log())
          .isInstanceOfSatisfying(
              BuildEvent.PlanFinished.class,
              finished ->
                  assertThat(finished.plan())
                      .isEqualTo(
                          new BuildEvent.PlanSummary(
                              true, new Changes(3, 2, 1, 1), VERSION, null, true)));
      assertThat(mesh.log())
          .isEqualTo(
              """
              Scripted engine v1.11.4+scripted
              in the place of Terraform
              Initializing plugins and modules...
              Looking around
              Done

              Plan: 1 to import, 3 to add, 2 to change, 1 to destroy.

              """);
      assertThat(stored("plan-json").path("resource_changes")).hasSize(7);
      assertThat(
              stored("redacted")
                  .at("/provider_schemas/terraform.io~1builtin~1terraform/resource_schemas"))
          .isNotEmpty();
    }

    @Test
    void without_a_script_changes_nothing() {
      upload(MAIN);

      BuildEvent event = run(plan());

      assertThat(((BuildEvent.PlanFinished) event).plan())
          .isEqualTo(
              new BuildEvent.PlanSummary(false, new Changes(0, 0, 0, 0), VERSION, null, true));
    }

    @Test
    void has_the_document_that_its_script_gives() throws IOException {
      script(
          """
          {"plan": {"plan": {"resource_changes": [
            {"address": "aws_vpc.main", "type": "aws_vpc", "name": "main", "mode": "managed",
             "provider_name": "registry.terraform.io/hashicorp/aws",
             "change": {"actions": ["delete", "create"], "before": {"cidr": "10.0.0.0/8"},
                        "after": {"cidr": "10.1.0.0/16", "key": "s3cret"},
                        "after_sensitive": {"key": true}}}]}}}
          """);

      BuildEvent event = run(plan().structured());

      assertThat(((BuildEvent.PlanFinished) event).plan().changes())
          .isEqualTo(new Changes(1, 0, 1, 0));
      assertThat(stored("plan-json").path("terraform_version").asText()).isEqualTo(VERSION);
      assertThat(stored("plan-json").toString()).contains("s3cret");
      assertThat(stored("redacted").toString())
          .doesNotContain("s3cret")
          .contains("\"registry.terraform.io/hashicorp/aws\":{\"resource_schemas\":{\"aws_vpc\"");
      assertThat(mesh.log()).contains("\"type\":\"change_summary\"");
    }

    @Test
    void that_is_to_fail_fails() {
      script("{\"plan\": {\"log\": [\"Oh no\"], \"outcome\": \"errored\"}}");

      BuildEvent event = run(plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("failed running scripted plan (exit 1)");
      assertThat(mesh.log()).contains("Oh no\n\nError: The script ends this plan with an error\n");
    }

    @Test
    void that_is_canceled_ends_early() throws Exception {
      script(LONG.formatted("\"ignores_interrupt\": false"));
      CompletableFuture<BuildEvent> event = CompletableFuture.supplyAsync(() -> run(plan()));
      awaitLog("thinking");

      reins.interrupt(Ending.CANCELED);

      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
      assertThat(mesh.log()).contains("Interrupt received").contains("Operation canceled.");
    }

    @Test
    void that_ignores_the_cancel_is_killed() throws Exception {
      script(LONG.formatted("\"ignores_interrupt\": true"));
      CompletableFuture<BuildEvent> event = CompletableFuture.supplyAsync(() -> run(plan()));
      awaitLog("thinking");

      reins.interrupt(Ending.CANCELED);
      reins.kill(Ending.CANCELED);

      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
      assertThat(mesh.log()).doesNotContain("Interrupt received");
    }
  }

  @Nested
  class An_apply {
    @Test
    void leaves_the_state_that_its_script_gives() throws IOException {
      script(
          """
          {"plan": {"changes": {"add": 2}},
           "apply": {"state": {"outputs": {"url": {"value": "http://x"},
                                           "ports": {"value": [80, "any"]}}}}}
          """);
      run(plan());

      BuildEvent event = run(apply());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.ApplyFinished.class);
      assertThat(((BuildEvent.ApplyFinished) event).changes()).isEqualTo(new Changes(2, 0, 0, 0));
      assertThat(stored("state").path("serial").asLong()).isEqualTo(1);
      assertThat(stored("state").path("lineage").asText()).hasSize(36);
      assertThat(stored("state").path("outputs").toString())
          .isEqualTo(
              "{\"url\":{\"value\":\"http://x\",\"type\":\"string\"},"
                  + "\"ports\":{\"value\":[80,\"any\"],\"type\":[\"tuple\",[\"number\",\"string\"]]}}");
    }

    @Test
    void follows_on_the_state_that_was_there() throws IOException {
      mesh.put(
          "state",
          "{\"version\":4,\"serial\":7,\"lineage\":\"ours\",\"outputs\":{\"a\":{\"value\":1,\"type\":\"number\"}}}"
              .getBytes(StandardCharsets.UTF_8));
      script("{\"plan\": {\"has_changes\": true}}");
      run(plan().withState());

      run(apply().withState());

      assertThat(stored("state").path("serial").asLong()).isEqualTo(8);
      assertThat(stored("state").path("lineage").asText()).isEqualTo("ours");
      assertThat(stored("state").at("/outputs/a/value").asInt()).isEqualTo(1);
    }

    @Test
    void that_fails_keeps_the_state_that_it_left() throws IOException {
      script(
          """
          {"apply": {"outcome": "errored", "state": {"outputs": {"half": {"value": true}}}}}
          """);
      run(plan());

      BuildEvent event = run(apply());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("failed running scripted apply (exit 1)");
      assertThat(stored("state").at("/outputs/half/type").asText()).isEqualTo("bool");
    }

    @Test
    void that_is_lost_is_not_ours_to_tell() throws Exception {
      script(LONG.formatted("\"ignores_interrupt\": false"));
      mesh.put("plan", planFile());
      CompletableFuture<Optional<BuildEvent>> outcome =
          CompletableFuture.supplyAsync(() -> outcome(apply()));
      awaitLog("working");

      reins.kill(Ending.LOST);

      assertThat(outcome.get(60, TimeUnit.SECONDS)).isEmpty();
      assertThat(mesh.isLogEnded()).isFalse();
    }

    private byte[] planFile() {
      byte[] slug = mesh.get("slug");
      script("{}");
      run(plan());
      mesh.put("slug", slug);
      return mesh.get("plan");
    }
  }

  @Nested
  class A_script {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[]| the script must be an object.",
          "{\"plan\": 1}| plan must be an object.",
          "{\"plans\": {}}| plans is unknown; known here: apply, plan.",
          "{\"plan\": {\"duration\": 1}}| plan.duration is unknown; known here: changes,"
              + " duration_ms, has_changes, ignores_interrupt, log, outcome, plan.",
          "{\"plan\": {\"duration_ms\": \"1s\"}}| plan.duration_ms must be a whole number from 0 to"
              + " 86400000.",
          "{\"plan\": {\"duration_ms\": -1}}| plan.duration_ms must be a whole number from 0 to"
              + " 86400000.",
          "{\"apply\": {\"outcome\": \"failed\"}}| apply.outcome must be one of succeeded, errored.",
          "{\"apply\": {\"log\": [\"a\", 2]}}| apply.log[1] must be a string.",
          "{\"apply\": {\"state\": []}}| apply.state must be an object.",
          "{\"apply\": {\"state\": {\"version\": 3}}}| apply.state.version must be 4.",
          "{\"apply\": {\"state\": {\"outputs\": [1]}}}| apply.state.outputs must be an object.",
          "{\"apply\": {\"state\": {\"outputs\": {\"a\": 1}}}}| apply.state.outputs.a must be an"
              + " object with a value.",
          "{\"plan\": {\"changes\": {\"add\": 1.5}}}| plan.changes.add must be a whole number from 0"
              + " to 10000.",
          "{\"plan\": {\"changes\": {}, \"plan\": {}}}| plan.changes is told by plan.plan already.",
          "{\"plan\": {\"plan\": {\"resource_changes\": [{\"address\": \"a.b\"}]}}}|"
              + " plan.plan.resource_changes[0].type must be a string."
        })
    void that_is_wrong_ends_the_plan_with_the_field_that_is(String json, String complaint) {
      script(json);

      BuildEvent event = run(plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("terrarium-script.json: " + complaint);
      assertThat(mesh.log()).contains("Operation failed: terrarium-script.json: " + complaint);
    }

    @Test
    void that_is_no_json_ends_the_plan_with_the_place() {
      script("{\n  \"plan\": {,}\n}");

      BuildEvent event = run(plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .startsWith("terrarium-script.json is no JSON: ")
          .endsWith(" (line 2, column 12).");
    }
  }
}
