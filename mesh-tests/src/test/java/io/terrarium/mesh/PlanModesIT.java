package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.json.Json;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The modes and options of plans and applies, with the real terraform and either block.
class PlanModesIT {
  private static final String ORGANIZATION = "modes";
  private static final String CONFIGURATION =
      """
      resource "terraform_data" "a" {
        input = "first"
      }
      resource "terraform_data" "b" {
        input = "second"
      }
      """;

  @TempDir private static Path directory;
  private static MeshFixture fixture;
  private static Site site;

  @BeforeAll
  static void start() {
    fixture = new MeshFixture(directory, false);
    site = fixture.site();
    site.organization(ORGANIZATION);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static TerraformCli initialized(Backend backend, String name, String configuration) {
    TerraformCli terraform =
        site.configured(
            backend, ORGANIZATION, "name = \"" + name + "-" + backend.word() + "\"", configuration);
    terraform.succeeds("init");
    return terraform;
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void a_target_alone_is_applied_and_then_replaced(Backend backend) {
    TerraformCli terraform = initialized(backend, "targets", CONFIGURATION);

    String targeted = terraform.succeeds("apply", "-auto-approve", "-target=terraform_data.a");
    String rest = terraform.succeeds("plan");
    String replaced = terraform.succeeds("plan", "-replace=terraform_data.a");

    assertThat(targeted).contains("Resources: 1 added");
    assertThat(rest).contains("1 to add, 0 to change, 0 to destroy");
    assertThat(replaced).contains("terraform_data.a will be replaced, as requested");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void a_refresh_finds_nothing_to_do(Backend backend) {
    TerraformCli terraform = initialized(backend, "refreshes", CONFIGURATION);
    terraform.succeeds("apply", "-auto-approve");

    assertThat(terraform.succeeds("plan", "-refresh-only")).contains("No changes");
    assertThat(terraform.succeeds("apply", "-refresh-only", "-auto-approve"))
        .contains("No changes");
    assertThat(terraform.succeeds("plan", "-refresh=false")).contains("No changes");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void everything_is_destroyed_after_a_prompt(Backend backend) {
    TerraformCli terraform = initialized(backend, "destroys", CONFIGURATION);
    terraform.succeeds("apply", "-auto-approve");
    String planned = terraform.succeeds("plan", "-destroy");

    try (TerraformCli.Running destroy = terraform.start("destroy")) {
      TerraformCli.Result result =
          destroy.awaitOutput(TerraformCli.Running::asks).answer("yes").await();
      assertThat(result.output()).contains("2 destroyed");
    }

    assertThat(planned).contains("0 to add, 0 to change, 2 to destroy");
    assertThat(terraform.succeeds("state", "list")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void variables_come_from_files_and_the_environment(Backend backend) {
    TerraformCli terraform =
        initialized(
            backend,
            "variables",
            """
            variable "number" { type = number }
            variable "list" { type = list(string) }
            output "all" { value = [var.number, var.list] }
            """);
    terraform.write("all.auto.tfvars", "number = 7\nlist = [\"from a file\"]\n");

    assertThat(terraform.succeeds("apply", "-auto-approve")).contains("7", "from a file");
  }

  /// The older block takes no variables on the command line.
  @Test
  void variables_of_a_set_yield_to_the_command_line_unless_they_have_priority() {
    TerraformCli terraform =
        initialized(
            Backend.CLOUD,
            "sets",
            """
            variable "weak" { type = string }
            variable "strong" { type = string }
            variable "inherited" { type = string }
            output "all" { value = "${var.weak}, ${var.strong}, ${var.inherited}" }
            """);
    set("weak", "sets-" + Backend.CLOUD.word(), false, "weak", "inherited");
    set("strong", "sets-" + Backend.CLOUD.word(), true, "strong");

    String applied =
        terraform.succeeds("apply", "-auto-approve", "-var=weak=given", "-var=strong=given");

    assertThat(applied).contains("given, of the set, of the set");
  }

  /// A variable set that is applied to one workspace.
  private static void set(String name, String workspace, boolean priority, String... keys) {
    String id =
        site.api()
            .get("/api/v2/organizations/" + ORGANIZATION + "/workspaces/" + workspace)
            .data()
            .path("id")
            .asText();
    String variables =
        Stream.of(keys)
            .map(key ->
                "{\"attributes\":{\"key\":\"%s\",\"value\":\"of the set\",\"category\":\"terraform\"}}"
                    .formatted(key))
            .collect(Collectors.joining(","));
    ApiClient.Answer made =
        site.api()
            .post(
                "/api/v2/organizations/" + ORGANIZATION + "/varsets",
                """
                {"data":{"type":"varsets","attributes":{"name":"%s","priority":%s},
                  "relationships":{"vars":{"data":[%s]},
                    "workspaces":{"data":[{"type":"workspaces","id":"%s"}]}}}}
                """
                    .formatted(name, priority, variables, id));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
  }

  @Test
  void a_saved_plan_is_shown_and_applied_later() throws Exception {
    TerraformCli terraform = initialized(Backend.CLOUD, "saved", CONFIGURATION);

    String planned = terraform.succeeds("plan", "-out=later");
    String shown = terraform.succeeds("show", "-no-color", "later");
    String json = terraform.succeeds("show", "-json", "later");
    String applied = terraform.succeeds("apply", "later");

    assertThat(planned).contains("2 to add", "terraform apply \"later\"");
    assertThat(shown).contains("terraform_data.a will be created");
    assertThat(Json.SNAKE.readTree(json).path("resource_changes")).hasSize(2);
    assertThat(applied).contains("Resources: 2 added");
    assertThat(terraform.run("apply", "later").exit()).isNotZero();
  }

  @Test
  void a_saved_plan_is_discarded_when_another_run_applies_first() {
    TerraformCli terraform = initialized(Backend.CLOUD, "overtaken", CONFIGURATION);
    terraform.succeeds("plan", "-out=late");
    terraform.succeeds("apply", "-auto-approve");

    TerraformCli.Result late = terraform.run("apply", "late");

    assertThat(late.exit()).isNotZero();
    assertThat(late.output()).contains("discarded");
  }

  @Test
  void configuration_is_generated_for_what_is_imported() {
    TerraformCli terraform =
        initialized(
            Backend.CLOUD,
            "generated",
            "import {\n  to = terraform_data.found\n  id = \"an-id\"\n}\n");

    String planned = terraform.succeeds("plan", "-generate-config-out=generated.tf");

    assertThat(planned).contains("1 to import");
    assertThat(terraform.directory().resolve("generated.tf"))
        .content()
        .contains("resource \"terraform_data\" \"found\"");
  }
}
