package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Applies that queue runs in other workspaces, through the whole mesh.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTriggersIT {
  private static final String ORGANIZATION = "chain";
  private static final byte[] SLUG =
      Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {\n  input = timestamp()\n}\n");

  @AutoClose private MeshFixture fixture;
  private Site site;

  @BeforeAll
  void start(@TempDir Path directory) {
    fixture = new MeshFixture(directory, false);
    site = fixture.site();
    site.organization(ORGANIZATION);
  }

  private String workspace(String name) {
    String workspace = site.workspace(ORGANIZATION, name);
    site.upload(workspace, SLUG);
    return workspace;
  }

  private void trigger(String target, String source) {
    ApiClient.Answer made =
        site.api()
            .post(
                "/api/v2/workspaces/" + target + "/run-triggers",
                """
                {"data":{"type":"run-triggers","relationships":{"sourceable":{"data":{
                  "type":"workspaces","id":"%s"}}}}}
                """
                    .formatted(source));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private String onlyRun(String name) {
    Eventually.until(
        () -> name + " has no run", () -> !site.latestRun(ORGANIZATION, name).isEmpty());
    return site.latestRun(ORGANIZATION, name);
  }

  @Test
  void an_apply_sets_off_the_next_and_that_the_one_after_unless_a_person_is_to_confirm() {
    String first = workspace("first");
    String second = workspace("second");
    String third = workspace("third");
    String empty = site.workspace(ORGANIZATION, "empty");
    ApiClient.Answer automatic =
        site.api()
            .patch(
                "/api/v2/workspaces/" + second,
                "{\"data\":{\"type\":\"workspaces\",\"attributes\":{"
                    + "\"auto-apply-run-trigger\":true}}}");
    assertThat(automatic.status()).as(automatic.text()).isEqualTo(200);
    trigger(second, first);
    trigger(third, second);
    trigger(empty, first);

    String run = site.queueRun(first);

    site.awaitStatus(run, "applied");
    String following = onlyRun("second");
    site.awaitStatus(following, "applied");
    String last = onlyRun("third");
    site.awaitStatus(last, "planned");
    ApiClient.Answer shown = site.api().get("/api/v2/runs/" + following);
    assertThat(shown.attribute("trigger-reason").asText()).isEqualTo("run_trigger");
    assertThat(shown.attribute("message").asText()).contains(run, "first");
    assertThat(shown.data().at("/relationships/created-by/data").isNull()).isTrue();
    assertThat(site.latestRun(ORGANIZATION, "empty")).isEmpty();
  }
}
