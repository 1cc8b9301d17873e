package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real terraform with a cloud block, command by command.
class CloudBlockIT {
  private static final String CONFIGURATION =
      """
      variable "greeting" {
        type    = string
        default = "hello"
      }

      resource "terraform_data" "a" {
        input = var.greeting
      }

      output "greeting" {
        value = terraform_data.a.output
      }
      """;

  @TempDir private static Path directory;
  private static MeshFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new MeshFixture(directory, false);
    fixture.site().organization("cli");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static TerraformCli initialized(String workspace, String configuration) {
    return fixture.site().initialized("cli", workspace, configuration);
  }

  @Test
  void init_creates_the_workspace() {
    TerraformCli.Result init = fixture.site().cloud("cli", "created", CONFIGURATION).run("init");

    assertThat(init.output()).contains("successfully initialized");
    assertThat(fixture.site().workspaceId("cli", "created")).startsWith("ws-");
  }

  @Test
  void plan_shows_what_would_be_done_and_changes_nothing() {
    TerraformCli terraform = initialized("planned", CONFIGURATION);

    TerraformCli.Result plan = terraform.run("plan");

    assertThat(plan.output()).contains("terraform_data.a will be created").contains("1 to add");
    assertThat(plan.exit()).isZero();
    assertThat(fixture.site().status(fixture.site().latestRun("cli", "planned")))
        .isEqualTo("planned_and_finished");
  }

  @Test
  void plan_shows_what_is_sensitive_as_a_local_one_does() {
    String hidden = "  value     = var.word\n  sensitive = true\n}\n";
    String resources =
        """
        variable "word" {
          default   = "one"
          sensitive = true
        }
        resource "terraform_data" "whole" {
          input = var.word
        }
        resource "terraform_data" "part" {
          input = { open = "yes", hidden = var.word, count = [1, var.word] }
        }
        """;
    String first = resources + "output \"stays\" {\n" + hidden + "output \"goes\" {\n" + hidden;
    String second = resources + "output \"stays\" {\n" + hidden + "output \"comes\" {\n" + hidden;
    TerraformCli remote = initialized("sensitive", first);
    TerraformCli local = fixture.site().local("sensitive", first);
    local.run("init");

    assertThat(changes(remote.run("plan"))).isEqualTo(changes(local.run("plan")));
    remote.run("apply", "-auto-approve");
    local.run("apply", "-auto-approve");
    remote.write("main.tf", second);
    local.write("main.tf", second);
    String shown = changes(remote.run("plan", "-var", "word=two"));

    assertThat(shown).contains("~ stays", "- goes", "+ comes", "~ hidden", "(sensitive value)");
    assertThat(shown).isEqualTo(changes(local.run("plan", "-var", "word=two")));
  }

  /// What terraform says that it would do, without the ids that chance gives.
  private static String changes(TerraformCli.Result plan) {
    assertThat(plan.exit()).as(plan.output()).isZero();
    String text = plan.output();
    int from = text.indexOf("Terraform will perform the following actions:");
    return text.substring(from, text.indexOf("────", from))
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
  }

  @Test
  void apply_without_a_prompt_then_output_then_destroy() {
    TerraformCli terraform = initialized("applied", CONFIGURATION);

    TerraformCli.Result apply = terraform.run("apply", "-auto-approve");

    assertThat(apply.output()).contains("Apply complete! Resources: 1 added");
    assertThat(apply.exit()).isZero();
    Eventually.until(
        () -> "output says " + terraform.run("output").output(),
        () -> terraform.run("output", "-raw", "greeting").output().equals("hello"));
    TerraformCli.Result destroy = terraform.run("destroy", "-auto-approve");
    assertThat(destroy.output()).contains("1 destroyed");
    assertThat(destroy.exit()).isZero();
  }

  @Test
  void apply_asks_and_takes_yes() {
    TerraformCli terraform = initialized("asked", CONFIGURATION);
    TerraformCli.Result result = terraform.applyAnswered("yes");

    assertThat(result.output()).contains("Apply complete!");
    assertThat(fixture.site().status(fixture.site().latestRun("cli", "asked")))
        .isEqualTo("applied");
  }

  @Test
  void apply_asks_and_takes_no() {
    TerraformCli terraform = initialized("refused", CONFIGURATION);
    TerraformCli.Result result = terraform.applyAnswered("no");

    assertThat(result.exit()).isNotZero();
    assertThat(fixture.site().status(fixture.site().latestRun("cli", "refused")))
        .isEqualTo("discarded");
  }

  @Test
  void variables_of_the_command_line_win_over_those_of_the_workspace() {
    TerraformCli terraform = initialized("variables", CONFIGURATION);
    String workspace = fixture.site().workspaceId("cli", "variables");
    ApiClient.Answer variable =
        fixture
            .site()
            .api()
            .post(
                "/api/v2/workspaces/" + workspace + "/vars",
                "{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"greeting\",\"value\":\"from the"
                    + " workspace\",\"category\":\"terraform\",\"hcl\":false,\"sensitive\":false}}}");
    assertThat(variable.status()).as(variable.text()).isEqualTo(201);

    String ofWorkspace = terraform.run("plan").output();
    String ofCommandLine = terraform.run("plan", "-var", "greeting=from the command").output();

    assertThat(ofWorkspace).contains("from the workspace");
    assertThat(ofCommandLine).contains("from the command");
  }

  @Test
  void a_second_apply_has_nothing_to_do() {
    TerraformCli terraform = initialized("twice", CONFIGURATION);
    terraform.run("apply", "-auto-approve");

    TerraformCli.Result again = terraform.run("apply", "-auto-approve");

    assertThat(again.output()).contains("No changes");
    assertThat(again.exit()).isZero();
  }

  @Test
  void an_undeclared_variable_is_reported_in_terraforms_own_words() {
    TerraformCli terraform = initialized("undeclared", CONFIGURATION);
    terraform.write(
        "main.tf", CONFIGURATION + "\nresource \"terraform_data\" \"b\" { input = var.absent }\n");

    TerraformCli.Result plan = terraform.run("plan");

    assertThat(plan.exit()).isNotZero();
    assertThat(plan.output()).contains("Reference to undeclared input variable");
  }

  @Test
  void a_syntax_error_that_only_the_run_meets_is_reported_in_terraforms_own_words()
      throws IOException {
    TerraformCli terraform =
        fixture
            .site()
            .cloud("cli", "broken", "module \"child\" {\n  source = \"./child\"\n}\n")
            .write("child/main.tf", "output \"fine\" {\n  value = 1\n}\n")
            .write("good/main.tf", "output \"fine\" {\n  value = 1\n}\n")
            // What the command line has learned about modules stays with it.
            .write(".terraformignore", ".terraform/\n");
    terraform.run("init");
    Path modules = terraform.directory().resolve(".terraform/modules/modules.json");
    Files.writeString(
        modules, Files.readString(modules).replace("\"Dir\":\"child\"", "\"Dir\":\"good\""));
    terraform.write("child/main.tf", "output \"fine\" {\n  value = = 1\n}\n");

    TerraformCli.Result plan = terraform.run("plan");

    assertThat(plan.exit()).isNotZero();
    assertThat(plan.output()).contains("Invalid expression", "child/main.tf line 2");
    assertThat(fixture.site().status(fixture.site().latestRun("cli", "broken")))
        .isEqualTo("errored");
  }

  @Test
  void a_provider_that_cannot_be_had_is_reported_in_terraforms_own_words() {
    TerraformCli terraform = initialized("unavailable", CONFIGURATION);
    terraform.write(
        "providers.tf",
        """
        terraform {
          required_providers {
            no = {
              source = "no.example/no/no"
            }
          }
        }
        """);

    TerraformCli.Result plan = terraform.run("plan");

    assertThat(plan.exit()).isNotZero();
    assertThat(plan.output()).contains("Failed to query available provider packages");
    assertThat(plan.output()).contains("no.example/no/no");
    assertThat(fixture.site().status(fixture.site().latestRun("cli", "unavailable")))
        .isEqualTo("errored");
  }

  @Test
  void a_failing_provisioner_ends_the_run_and_keeps_the_state() {
    TerraformCli terraform =
        initialized(
            "failing",
            """
            resource "terraform_data" "good" {}

            resource "terraform_data" "bad" {
              depends_on = [terraform_data.good]
              provisioner "local-exec" {
                command = "exit 1"
              }
            }
            """);

    TerraformCli.Result apply = terraform.run("apply", "-auto-approve");

    assertThat(apply.exit()).isNotZero();
    assertThat(apply.output()).contains("exit status 1");
    Eventually.until(
        () -> "the state holds " + terraform.run("state", "list").output(),
        () -> terraform.run("state", "list").output().contains("terraform_data.good"));
  }

  @Test
  void an_applied_run_and_its_workspace_bring_along_what_is_asked_for() {
    TerraformCli terraform = initialized("included", CONFIGURATION);
    TerraformCli.Result apply = terraform.run("apply", "-auto-approve");
    assertThat(apply.exit()).as(apply.output()).isZero();
    String run = fixture.site().latestRun("cli", "included");

    ApiClient.Answer ofRun =
        fixture
            .site()
            .api()
            .get(
                "/api/v2/runs/"
                    + run
                    + "?include=workspace,plan,apply,created_by,configuration_version,run_events");
    ApiClient.Answer ofWorkspace =
        fixture
            .site()
            .api()
            .get(
                "/api/v2/organizations/cli/workspaces/included?include=organization,project,"
                    + "current_run,current_run.plan,current_state_version,outputs");

    assertThat(ofRun.includedTypes())
        .contains(
            "workspaces", "plans", "applies", "users", "configuration-versions", "run-events");
    assertThat(ofWorkspace.includedTypes())
        .containsExactlyInAnyOrder(
            "organizations", "projects", "runs", "plans", "state-versions", "workspace-outputs");
  }
}
