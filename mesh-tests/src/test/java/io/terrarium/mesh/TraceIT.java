package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceIT {
  private static final List<String> DOCUMENTED =
      List.of(
          "1 atlas sidekiq-worker redis",
          "2 sidekiq-worker build-manager http",
          "3 build-manager build-worker rabbitmq",
          "4 build-worker archivist http",
          "5 archivist build-worker http",
          "6 build-worker build-manager rabbitmq",
          "7 build-manager router http",
          "8 router atlas http");

  @TempDir private Path directory;

  @Test
  void a_run_takes_the_documents_eight_steps_in_their_order() {
    assertSteps(false);
  }

  @Test
  @Tag("long")
  void a_run_takes_the_same_steps_where_each_service_has_its_process() {
    assertSteps(true);
  }

  private void assertSteps(boolean separate) {
    try (MeshFixture fixture = new MeshFixture(directory, separate)) {
      fixture.site().organization("traced");
      TerraformCli terraform =
          fixture.site().cloud("traced", "steps", "resource \"terraform_data\" \"a\" {}\n");
      terraform.run("init");
      TerraformCli.Result apply = terraform.run("apply", "-auto-approve");
      assertThat(apply.exit()).as(apply.output()).isZero();
      String run = fixture.site().latestRun("traced", "steps");

      Eventually.until(
          () -> "only " + steps(fixture, run, "apply"),
          () -> steps(fixture, run, "apply").size() >= DOCUMENTED.size());

      assertThat(steps(fixture, run, "plan")).containsExactlyElementsOf(DOCUMENTED);
      assertThat(steps(fixture, run, "apply")).containsExactlyElementsOf(DOCUMENTED);
      assertThat(silent(fixture, run)).as("hops that do not tell what was sent").isEmpty();
    }
  }

  private static List<String> silent(MeshFixture fixture, String run) {
    List<String> silent = new ArrayList<>();
    for (JsonNode hop :
        fixture
            .site()
            .api()
            .get("/api/v2/terrarium/flows/" + run + "?include=sent")
            .json()
            .path("hops")) {
      if (hop.at("/sent/line").asText().isEmpty()) {
        silent.add(hop.path("name").asText());
      }
    }
    return silent;
  }

  /// The first hop of each documented step, in the order in which they were sent.
  private static List<String> steps(MeshFixture fixture, String run, String phase) {
    List<String> steps = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();
    for (JsonNode hop :
        fixture.site().api().get("/api/v2/terrarium/flows/" + run).json().path("hops")) {
      int step = hop.path("step").asInt();
      if (step > 0 && hop.path("phase").asText().equals(phase) && !seen.contains(step)) {
        seen.add(step);
        steps.add(
            step
                + " "
                + hop.path("from").asText()
                + " "
                + hop.path("to").asText()
                + " "
                + hop.path("medium").asText());
      }
    }
    return steps;
  }
}
