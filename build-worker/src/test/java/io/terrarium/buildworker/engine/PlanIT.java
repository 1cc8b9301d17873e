package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a plan makes of a configuration.
class PlanIT extends EngineTrial {
  @Nested
  class A_plan {
    @Test
    void counts_and_stores_what_terraform_says() throws IOException {
      upload(MAIN);

      BuildEvent event = run(ABuild.plan().text("text", "a ${b} \"c\"").hcl("list", "[1, 2]"));

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.PlanFinished.class);
      BuildEvent.PlanSummary plan = ((BuildEvent.PlanFinished) event).plan();
      assertThat(plan.hasChanges()).isTrue();
      assertThat(plan.changes()).isEqualTo(new Changes(2, 0, 0, 0));
      assertThat(mesh.log())
          .startsWith("Terraform v" + plan.terraformVersion() + "\non " + platform() + "\n")
          .contains("Initializing plugins and modules...")
          .contains("2 to add")
          .doesNotContain("hunter2");
      assertThat(mesh.isLogEnded()).isTrue();
      assertThat(new String(mesh.get("plan-json"), StandardCharsets.UTF_8))
          .contains("a ${b} \\\"c\\\" 2")
          .contains("hunter2");
      JsonNode redacted = Json.SNAKE.readTree(mesh.get("redacted"));
      assertThat(redacted.toString()).doesNotContain("hunter2");
      assertThat(redacted.path("provider_schemas").has("terraform.io/builtin/terraform")).isTrue();
      assertThat(
              redacted
                  .at("/provider_schemas/terraform.io~1builtin~1terraform")
                  .findValue("terraform_data"))
          .isEqualTo(
              Json.SNAKE
                  .readTree(mesh.inflated("schemas"))
                  .at("/provider_schemas/terraform.io~1builtin~1terraform")
                  .findValue("terraform_data"))
          .isNotEmpty();
      assertThat(directory.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void whose_output_is_a_link_fails_without_following_it() throws IOException {
      engine = engine(linking());
      upload(MAIN);

      BuildEvent event = run(ABuild.plan());

      assertThat(event)
          .isInstanceOfSatisfying(
              BuildEvent.BuildErrored.class,
              errored -> assertThat(errored.message()).contains("in the place of plan.json"));
      assertThat(mesh.get("plan-json")).isEmpty();
      assertThat(mesh.log()).doesNotContain("root:");
    }

    @Test
    void prefers_variables_of_the_run() {
      upload(MAIN);

      run(ABuild.plan().text("text", "workspace").ofRun("text", "\"of the run\""));

      assertThat(mesh.log()).contains("of the run 0").doesNotContain("workspace 0");
    }

    @Test
    void and_its_apply_do_as_much_at_once_as_the_workspace_says() throws IOException {
      engine = engine(telling());
      upload(MAIN);

      run(ABuild.plan().environment("TFE_PARALLELISM", "3"));
      String planned = mesh.log();
      run(ABuild.apply().again().environment("TFE_PARALLELISM", "256"));

      assertThat(planned).containsPattern("asked: plan .*-parallelism=3\\b");
      assertThat(mesh.log()).containsPattern("asked: apply .*-parallelism=256\\b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "-1", "many", ""})
    void ignores_an_impossible_parallelism_and_says_so(String value) throws IOException {
      engine = engine(telling());
      upload(MAIN);

      BuildEvent event = run(ABuild.plan().environment("TFE_PARALLELISM", value));

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.PlanFinished.class);
      assertThat(mesh.log())
          .contains("Warning: TFE_PARALLELISM must be a whole number from 1 to 256")
          .doesNotContain("-parallelism=");
    }

    @Test
    void asks_for_the_schemas_of_built_in_providers_only_once() throws IOException {
      upload(MAIN);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.plan().again());

      assertThat(event.timings().commands())
          .extracting(BuildEvent.Timings.Timing::command)
          .containsExactlyInAnyOrder("init", "plan", "show");
      assertThat(Json.SNAKE.readTree(mesh.get("redacted")).path("provider_schemas")).hasSize(1);
    }

    @Test
    void has_its_ssh_key_while_modules_are_fetched_and_no_longer() throws IOException {
      engine = engine(fetching());
      upload(MAIN);

      BuildEvent event = run(ABuild.plan().withSshKey("the key of the test\n"));

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.PlanFinished.class);
      assertThat(mesh.log())
          .containsPattern(
              "init: ssh .*UserKnownHostsFile='.*known_hosts'.*: 600\nthe key of the test")
          .containsPattern("plan: \\[stat: .*No such file");
      assertThat(directory.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void has_no_ssh_command_without_a_key() throws IOException {
      engine = engine(fetching());
      upload(MAIN);

      run(ABuild.plan());

      assertThat(mesh.log()).contains("init: : ");
    }

    @Test
    void tells_input_variables_of_the_run() {
      upload(
          """
          variable "TFC_RUN_ID" {}
          output "run" { value = "of ${var.TFC_RUN_ID}" }
          """);

      run(ABuild.plan());

      assertThat(mesh.log()).contains("of run-1");
    }

    @Test
    void speaks_json_when_asked() {
      upload(MAIN);

      run(ABuild.plan().structured());

      assertThat(mesh.log()).contains("\"type\":\"change_summary\"");
    }

    @Test
    void of_broken_configuration_says_where() {
      upload("resource \"terraform_data\" \"x\" {");

      BuildEvent event = run(ABuild.plan());

      assertThat(event).isInstanceOf(BuildEvent.BuildErrored.class);
      assertThat(mesh.log())
          .contains("main.tf line 1")
          .contains("Operation failed: failed running terraform init (exit 1)");
    }

    @Test
    void of_a_version_that_is_not_there_names_what_is() {
      upload(MAIN);

      BuildEvent event = run(ABuild.plan().of("0.12.31"));

      assertThat(((BuildEvent.BuildErrored) event).message())
          .startsWith("Terraform 0.12.31 is not installed on this worker. It has ");
      assertThat(mesh.log())
          .contains("Terraform 0.12.31 is not installed")
          .contains("Make it available with: terrarium up --terraform FILE");
    }

    @Test
    void in_a_directory_that_is_not_there_says_so() {
      upload(MAIN);

      BuildEvent event = run(ABuild.plan().in("envs/prod"));

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("The working directory \"envs/prod\" is not in the configuration.");
    }
  }
}
