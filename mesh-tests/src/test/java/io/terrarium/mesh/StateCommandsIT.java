package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the real terraform does with states of its own accord, with either block.
class StateCommandsIT {
  private static final String ORGANIZATION = "states";
  private static final String CONFIGURATION =
      """
      resource "terraform_data" "a" {
        input = "first"
      }
      resource "terraform_data" "b" {
        input = "second"
      }
      output "both" {
        value = [terraform_data.a.output, terraform_data.b.output]
      }
      output "hidden" {
        value     = "hush"
        sensitive = true
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

  private static TerraformCli applied(Backend backend, String name) {
    TerraformCli terraform =
        site.configured(
            backend, ORGANIZATION, "name = \"" + name + "-" + backend.word() + "\"", CONFIGURATION);
    terraform.succeeds("init");
    terraform.succeeds("apply", "-auto-approve");
    Eventually.until(
        () -> "no outputs: " + terraform.run("output").output(),
        () -> terraform.run("output", "-json").output().contains("second"));
    return terraform;
  }

  private static String list(TerraformCli terraform) {
    return terraform.succeeds("state", "list");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void resources_are_shown_moved_and_forgotten(Backend backend) {
    TerraformCli terraform = applied(backend, "moved");

    assertThat(terraform.succeeds("state", "show", "-no-color", "terraform_data.a"))
        .contains("input  = \"first\"");
    terraform.succeeds("state", "mv", "terraform_data.a", "terraform_data.c");
    terraform.succeeds("state", "rm", "terraform_data.b");

    assertThat(list(terraform).lines()).containsExactly("terraform_data.c");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void a_state_is_pulled_and_pushed_with_a_higher_serial_only(Backend backend) throws Exception {
    TerraformCli terraform = applied(backend, "pushed");
    JsonNode state = Json.SNAKE.readTree(terraform.succeeds("state", "pull"));
    long serial = state.path("serial").asLong();

    String refused = push(terraform, state, serial - 1).output();
    TerraformCli.Result taken = push(terraform, state, serial + 5);

    assertThat(refused).contains("serial");
    assertThat(taken.exit()).as(taken.output()).isZero();
    JsonNode now = Json.SNAKE.readTree(terraform.succeeds("state", "pull"));
    assertThat(now.path("serial").asLong()).isGreaterThan(serial);
  }

  private static TerraformCli.Result push(TerraformCli terraform, JsonNode state, long serial)
      throws IOException {
    ObjectNode changed = ((ObjectNode) state.deepCopy()).put("serial", serial);
    terraform.write("pushed.tfstate", changed.toString());
    return terraform.run("state", "push", "pushed.tfstate");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void a_resource_is_tainted_and_untainted(Backend backend) {
    TerraformCli terraform = applied(backend, "tainted");

    terraform.succeeds("taint", "terraform_data.a");
    String tainted = terraform.succeeds("plan");
    terraform.succeeds("untaint", "terraform_data.a");
    String untainted = terraform.succeeds("plan");

    assertThat(tainted).contains("terraform_data.a is tainted, so must be replaced");
    assertThat(untainted).contains("No changes");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void a_resource_is_imported(Backend backend) {
    TerraformCli terraform = applied(backend, "imported");
    terraform.succeeds("state", "rm", "terraform_data.b");

    String imported = terraform.succeeds("import", "-no-color", "terraform_data.b", "an-id");

    assertThat(imported).contains("Import successful");
    assertThat(list(terraform).lines()).containsExactly("terraform_data.a", "terraform_data.b");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void outputs_come_one_by_one_and_together(Backend backend) throws Exception {
    TerraformCli terraform = applied(backend, "outputs");

    assertThat(terraform.succeeds("output", "-raw", "hidden")).isEqualTo("hush");
    assertThat(terraform.succeeds("output", "-no-color"))
        .contains("hidden = <sensitive>", "\"first\"");
    assertThat(
            Json.SNAKE.readTree(terraform.succeeds("output", "-json")).at("/both/value/1").asText())
        .isEqualTo("second");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void another_configuration_reads_the_outputs_in_a_run_of_its_own(Backend backend) {
    applied(backend, "source");
    TerraformCli reader =
        site.configured(
            backend,
            ORGANIZATION,
            "name = \"reader-" + backend.word() + "\"",
            """
            data "terraform_remote_state" "source" {
              backend = "remote"
              config = {
                hostname     = "%s"
                organization = "%s"
                workspaces   = { name = "source-%s" }
              }
            }
            output "read" {
              value = data.terraform_remote_state.source.outputs.both[0]
            }
            """
                .formatted(site.host(), ORGANIZATION, backend.word()));
    reader.succeeds("init");

    assertThat(reader.succeeds("apply", "-auto-approve")).contains("first");
  }

  @ParameterizedTest
  @MethodSource("io.terrarium.mesh.Backend#tried")
  void a_local_state_moves_into_the_workspace(Backend backend) {
    TerraformCli terraform = site.local("migrated", CONFIGURATION);
    terraform.succeeds("init");
    terraform.succeeds("apply", "-auto-approve");
    terraform.write(
        "backend.tf",
        backend.block(site.host(), ORGANIZATION, "name = \"migrated-" + backend.word() + "\""));

    String[] init =
        backend == Backend.CLOUD
            ? new String[] {"init", "-no-color", "-input=true"}
            : new String[] {"init", "-no-color", "-input=true", "-migrate-state"};
    try (TerraformCli.Running migration = terraform.start(init)) {
      TerraformCli.Result moved =
          migration.awaitOutput(TerraformCli.Running::asks).answer("yes").await();
      assertThat(moved.exit()).as(moved.output()).isZero();
    }

    assertThat(list(terraform).lines()).containsExactly("terraform_data.a", "terraform_data.b");
    assertThat(site.workspaceId(ORGANIZATION, "migrated-" + backend.word())).startsWith("ws-");
    assertThat(terraform.succeeds("plan")).contains("No changes");
  }
}
