package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What an apply makes of a plan.
class ApplyIT extends EngineTrial {
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
    void sees_the_certificates_that_the_worker_was_given() throws IOException {
      Files.writeString(directory.resolve("bundle.pem"), "whom to trust");
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "cat $SSL_CERT_FILE" }
          }
          """);
      run(ABuild.plan());

      run(ABuild.apply().again());

      assertThat(mesh.log()).contains("whom to trust");
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
    void has_its_state_stored_while_it_runs() throws Exception {
      upload(
          """
          resource "terraform_data" "first" {}
          resource "terraform_data" "second" {
            depends_on = [terraform_data.first]
            provisioner "local-exec" { command = "exec sleep 100" }
          }
          """);
      run(ABuild.plan());
      CompletableFuture<BuildEvent> event =
          CompletableFuture.supplyAsync(() -> run(ABuild.apply().again()));

      Eventually.until("a state that has the first", () -> stored().contains("\"first\""));
      boolean hadEnded = event.isDone();
      reins.kill(Ending.CANCELED);

      assertThat(hadEnded).isFalse();
      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
      assertThat(stored()).contains("\"first\"");
    }

    private String stored() {
      return new String(mesh.get("state"), StandardCharsets.UTF_8);
    }

    @Test
    void whose_state_nobody_takes_leaves_it_as_errored() throws IOException {
      upload(MAIN);
      run(ABuild.plan().text("text", "hello"));
      mesh.refuse("state");

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).isInstanceOf(BuildEvent.BuildErrored.class);
      assertThat(errored().at("/outputs/text/value").asText()).isEqualTo("hello 0");
      assertThat(mesh.log()).contains("GET /api/v2/applies/phase-1/errored-state");
    }

    @Test
    void whose_terraform_cannot_write_the_state_leaves_it_as_errored() throws IOException {
      engine = engine(stranded());
      upload(MAIN);
      run(ABuild.plan().text("text", "hello"));

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).isInstanceOf(BuildEvent.BuildErrored.class);
      assertThat(errored().at("/outputs/text/value").asText()).isEqualTo("hello 0");
      assertThat(mesh.get("state")).isEmpty();
    }

    @Test
    void takes_no_errored_state_from_the_configuration() {
      mesh.put("slug", ABuild.slug(Map.of("main.tf", MAIN, "errored.tfstate", "{}")));
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.ApplyFinished.class);
      assertThat(mesh.get("errored-state")).isEmpty();
    }

    @Test
    void that_ends_well_leaves_no_errored_state_whatever_its_provisioners_write() {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "echo '{}' > errored.tfstate" }
          }
          """);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.ApplyFinished.class);
      assertThat(mesh.get("errored-state")).isEmpty();
    }

    @Test
    void that_fails_keeps_nothing_that_a_link_leads_to() {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "ln -s /etc/passwd errored.tfstate; false" }
          }
          """);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().again());

      assertThat(event).as(mesh.log()).isInstanceOf(BuildEvent.BuildErrored.class);
      assertThat(mesh.get("errored-state")).isEmpty();
    }

    private JsonNode errored() throws IOException {
      return Json.SNAKE.readTree(mesh.get("errored-state"));
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
  }
}
