package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.sandbox.Confinement;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.buildworker.sandbox.Supervisor;
import io.terrarium.buildworker.terraform.TerraformBinaries;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With the terraform that is on the path.
class EngineIT {
  private static final String MAIN =
      """
      terraform {
        cloud {
          organization = "acme"
          workspaces {
            name = "prod"
          }
        }
      }
      variable "text" { default = "none" }
      variable "list" { default = [] }
      variable "secret" {
        default   = "hunter2"
        sensitive = true
      }
      resource "terraform_data" "one" { input = "${var.text} ${length(var.list)}" }
      resource "terraform_data" "hidden" { input = var.secret }
      output "text" { value = terraform_data.one.output }
      """;

  private static final String SLEEPING =
      """
      resource "terraform_data" "x" {
        provisioner "local-exec" { command = "echo sleeping; exec sleep 100" }
      }
      """;

  @TempDir Path directory;
  private Mesh mesh;
  private Supervisor supervisor;
  private ServiceClient archivist;
  private Engine engine;
  private final Reins reins = new Reins();
  private int memoryMegabytes;

  @BeforeEach
  void start() throws IOException {
    mesh = new Mesh();
    supervisor = new Supervisor(directory, Confinement.probe());
    archivist = new ServiceClient(mesh.address(), Optional.empty(), Duration.ofSeconds(10));
    engine = engine(terraform());
  }

  private Engine engine(Path terraform) {
    EngineConfig config =
        new EngineConfig(
            directory.resolve("runs"),
            directory.resolve("schemas"),
            mesh.address(),
            "127.0.0.1:8443",
            Optional.empty(),
            Optional.empty(),
            0,
            1024,
            Map.of("PATH", System.getenv("PATH")));
    return new Engine(
        config,
        TerraformBinaries.of(List.of(terraform), Optional.empty()),
        supervisor,
        archivist,
        _ -> {},
        Clock.systemUTC());
  }

  /// As the second line of `terraform version` says.
  private static String platform() throws IOException {
    Process version =
        new ProcessBuilder(terraform().toString(), "version")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return version
        .inputReader()
        .lines()
        .filter(line -> line.startsWith("on "))
        .map(line -> line.substring("on ".length()))
        .findFirst()
        .orElseThrow();
  }

  /// The real one, but an apply that was interrupted ends with 0, as when the interrupt came late.
  private Path obliging() throws IOException {
    return script(
        """
        #!/bin/bash
        [[ $1 = apply ]] || exec %1$s "$@"
        trap : INT
        %1$s "$@"
        exit 0
        """
            .formatted(terraform()));
  }

  @AfterEach
  void stop() {
    supervisor.close();
    archivist.close();
    mesh.close();
  }

  /// The real one, which tells the log how it was called.
  private Path telling() throws IOException {
    return script(
        """
        #!/bin/bash
        [[ $1 = plan || $1 = apply ]] && echo "asked: $*"
        exec %1$s "$@"
        """
            .formatted(terraform()));
  }

  /// The real one, whose plan holds 60 MB for a while.
  private Path hungry() throws IOException {
    return script(
        """
        #!/bin/bash
        if [[ $1 = plan ]]; then
          x=$(head -c 60000000 /dev/zero | tr '\\0' a)
          sleep 30
        fi
        exec %1$s "$@"
        """
            .formatted(terraform()));
  }

  private Path script(String text) throws IOException {
    Path file = directory.resolve("scripted-terraform");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private static Path terraform() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(entry -> Path.of(entry, "terraform"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no terraform on the path"));
  }

  private BuildEvent run(ABuild build) {
    return outcome(build).orElseThrow();
  }

  /// Each phase has a log of its own.
  private Optional<BuildEvent> outcome(ABuild build) {
    mesh.startLog();
    Flow flow = new Flow("run-1", "plan", "build-worker", Clock.systemUTC().instant(), null);
    try {
      return engine.run(build.granted(), memoryMegabytes, "worker-1", flow, reins);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void upload(String main) {
    mesh.put("slug", ABuild.slug(Map.of("main.tf", main)));
  }

  private void awaitLog(String text) throws InterruptedException {
    for (int tries = 0; !mesh.log().contains(text); tries++) {
      assertThat(tries).as(mesh.log()).isLessThan(1_000);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

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
      assertThat(directory.resolve("runs")).isEmptyDirectory();
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
    void that_needs_more_memory_than_its_command_allows_is_killed() throws IOException {
      engine = engine(hungry());
      memoryMegabytes = 30;
      upload(MAIN);

      BuildEvent event = run(ABuild.plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("Terraform used more memory than allowed and was killed.");
    }

    @Test
    void that_has_no_place_to_work_says_so_in_its_log() throws IOException {
      Files.writeString(directory.resolve("runs"), "in the way");
      upload(MAIN);

      BuildEvent event = run(ABuild.plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("The worker cannot make a directory for the build.");
      assertThat(mesh.log())
          .isEqualTo("Operation failed: The worker cannot make a directory for the build.\n");
      assertThat(mesh.isLogEnded()).isTrue();
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
      assertThat(mesh.log()).contains("main.tf line 1").contains("Operation failed");
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

    @Test
    void that_takes_too_long_is_ended() {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "sleep 100" }
          }
          """);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().within(4).again());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("The apply exceeded its maximum run time of 4s.");
      assertThat(mesh.log()).contains(TimeLimit.message(Phase.APPLY, 4));
    }
  }

  @Nested
  class An_apply {
    @Test
    void of_a_stored_plan_stores_the_state() throws IOException {
      upload(MAIN);
      run(ABuild.plan().text("text", "hello"));

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.ApplyFinished.class);
      assertThat(((BuildEvent.ApplyFinished) event).changes()).isEqualTo(new Changes(2, 0, 0, 0));
      JsonNode state = Json.SNAKE.readTree(mesh.get("state"));
      assertThat(state.at("/outputs/text/value").asText()).isEqualTo("hello 0");
    }

    @Test
    void is_told_ephemeral_variables_again_and_no_others() throws IOException {
      upload(
          """
          variable "token" { ephemeral = true }
          variable "text" { default = "none" }
          resource "terraform_data" "x" {
            input = var.text
            provisioner "local-exec" {
              command     = "test $TOKEN = letmein"
              environment = { TOKEN = var.token }
            }
          }
          """);
      run(ABuild.plan().text("token", "letmein").text("text", "as planned"));

      BuildEvent event =
          run(ABuild.apply().again().text("token", "letmein").text("text", "changed since"));

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.ApplyFinished.class);
      assertThat(new String(mesh.get("state"), StandardCharsets.UTF_8))
          .contains("as planned")
          .doesNotContain("letmein");
    }

    @Test
    void of_a_destruction_leaves_nothing() throws IOException {
      upload(MAIN);
      run(ABuild.plan());
      run(ABuild.apply().again());
      run(ABuild.plan().destroying().withState().again());

      BuildEvent event = run(ABuild.apply().structured().withState().again());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.ApplyFinished.class);
      assertThat(((BuildEvent.ApplyFinished) event).changes()).isEqualTo(new Changes(0, 0, 2, 0));
      assertThat(Json.SNAKE.readTree(mesh.get("state")).path("resources")).isEmpty();
    }

    @Test
    void that_fails_stores_what_was_made() throws IOException {
      upload(
          """
          resource "terraform_data" "first" {}
          resource "terraform_data" "second" {
            depends_on = [terraform_data.first]
            provisioner "local-exec" { command = "exit 1" }
          }
          """);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).isInstanceOf(BuildEvent.BuildErrored.class);
      assertThat(Json.SNAKE.readTree(mesh.get("state")).toString()).contains("first");
    }

    @Test
    void that_is_canceled_ends_and_says_so() throws Exception {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "echo $GREETING; exec sleep 100" }
          }
          """);
      run(ABuild.plan());
      CompletableFuture<BuildEvent> event =
          CompletableFuture.supplyAsync(
              () -> run(ABuild.apply().again().environment("GREETING", "good day")));
      awaitLog("good day");

      reins.interrupt(Ending.CANCELED);

      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
      assertThat(mesh.log()).contains("Interrupt received").contains("Operation canceled.");
    }

    @Test
    void that_ended_well_after_the_worker_stopped_is_not_ours_to_tell() throws Exception {
      engine = engine(obliging());
      upload(SLEEPING);
      run(ABuild.plan());
      CompletableFuture<Optional<BuildEvent>> outcome =
          CompletableFuture.supplyAsync(() -> outcome(ABuild.apply().again()));
      awaitLog("sleeping");

      reins.interrupt(Ending.STOPPED);

      assertThat(outcome.get(60, TimeUnit.SECONDS)).isEmpty();
      assertThat(mesh.isLogEnded()).isFalse();
    }

    @Test
    void that_ended_well_after_the_claim_was_lost_is_not_ours_to_tell() throws Exception {
      engine = engine(obliging());
      upload(SLEEPING);
      run(ABuild.plan());
      CompletableFuture<Optional<BuildEvent>> outcome =
          CompletableFuture.supplyAsync(() -> outcome(ABuild.apply().again()));
      awaitLog("sleeping");

      reins.interrupt(Ending.LOST);

      assertThat(outcome.get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void that_ended_well_after_its_time_limit_has_failed() throws Exception {
      engine = engine(obliging());
      upload(SLEEPING);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().within(4).again());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.BuildErrored.class);
    }

    @Test
    void that_ignores_the_interrupt_is_killed() throws Exception {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" {
              command = "trap '' INT TERM; echo ready; while :; do sleep 1; done"
            }
          }
          """);
      run(ABuild.plan());
      CompletableFuture<BuildEvent> event =
          CompletableFuture.supplyAsync(() -> run(ABuild.apply().again()));
      awaitLog("ready");

      reins.interrupt(Ending.CANCELED);
      reins.kill(Ending.CANCELED);

      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
    }
  }
}
