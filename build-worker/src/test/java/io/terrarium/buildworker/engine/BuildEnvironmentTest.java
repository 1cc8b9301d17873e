package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildEnvironmentTest {
  private static final EngineConfig CONFIG =
      new EngineConfig(
          Path.of("/runs"),
          Path.of("/tmp"),
          Path.of("/schemas"),
          URI.create("http://127.0.0.1:1"),
          "tfe.my-company.example:8443",
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          Map.of("PATH", "/bin", "LANG", "C"));

  private static BuildEnvironment environment(ABuild build) {
    return new BuildEnvironment(CONFIG, build.granted().build());
  }

  private static Map<String, String> of(ABuild build) {
    return environment(build)
        .of(new RunDirectory(Path.of("/run"), Path.of("/tmp/run")), Path.of("/run/terraform.tfrc"));
  }

  @Nested
  class The_environment {
    @Test
    void tells_of_the_run_to_terraform_and_to_its_input_variables() {
      assertThat(of(ABuild.plan()))
          .containsEntry("TFC_RUN_ID", "run-1")
          .containsEntry("TFC_WORKSPACE_NAME", "prod")
          .containsEntry("TFC_WORKSPACE_SLUG", "acme/prod")
          .containsEntry("TFC_PROJECT_NAME", "shop")
          .containsEntry("TF_VAR_TFC_RUN_ID", "run-1")
          .containsEntry("TF_VAR_TFC_WORKSPACE_SLUG", "acme/prod");
    }

    @Test
    void holds_nothing_of_the_worker_but_its_surroundings() {
      assertThat(of(ABuild.plan()))
          .containsEntry("PATH", "/bin")
          .containsEntry("LANG", "C")
          .allSatisfy((name, _) ->
              assertThat(name).matches("(TF|TFC)_.*|PATH|LANG|HOME|TMPDIR|CHECKPOINT_DISABLE"));
    }

    @Test
    void takes_variables_of_the_workspace() {
      assertThat(of(ABuild.plan().environment("AWS_REGION", "eu-1").environment("LANG", "de")))
          .containsEntry("AWS_REGION", "eu-1")
          .containsEntry("LANG", "de");
    }

    @Test
    void leaves_reserved_variables_out_and_says_so() {
      ABuild build = ABuild.plan().environment("PATH", "/evil").environment("TFC_RUN_ID", "run-2");

      assertThat(of(build)).containsEntry("PATH", "/bin").containsEntry("TFC_RUN_ID", "run-1");
      assertThat(environment(build).warnings())
          .containsExactly(
              "Warning: the environment variable PATH is reserved and left out.",
              "Warning: the environment variable TFC_RUN_ID is reserved and left out.");
    }
  }

  @Nested
  class A_token_for_a_host {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "TF_TOKEN_tfe_my__company_example",
          "TF_TOKEN_tfe.my-company.example",
          "TF_TOKEN_TFE_my__Company_example"
        })
    void is_ignored_for_our_own_host(String name) {
      ABuild build = ABuild.plan().environment(name, "stolen");

      assertThat(of(build)).doesNotContainValue("stolen");
      assertThat(environment(build).warnings())
          .containsExactly(
              "Warning: the environment variable "
                  + name
                  + " is ignored: the run uses its own token here.");
    }

    @Test
    void is_taken_for_another_host() {
      ABuild build = ABuild.plan().environment("TF_TOKEN_app_terraform_io", "mine");

      assertThat(of(build)).containsEntry("TF_TOKEN_app_terraform_io", "mine");
      assertThat(environment(build).warnings()).isEmpty();
    }
  }
}
