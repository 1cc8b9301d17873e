package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitRepository;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Pull requests at a host with an API get a plan and a commit status.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PullRequestIT {
  private static final String ORGANIZATION = "pulled";
  private static final String RESOURCE =
      "resource \"terraform_data\" \"a\" {\n  input = \"%s\"\n}\n";

  @AutoClose private final Hold hold = new Hold();
  @AutoClose private MeshFixture fixture;
  @AutoClose private GitHubLab host;
  private Site site;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    fixture = MeshFixture.holdingPlans(directory, false, hold);
    site = fixture.site();
    site.organization(ORGANIZATION);
    host = new GitHubLab(site, ORGANIZATION);
  }

  @Test
  void a_pull_request_is_planned_where_it_would_go_and_its_newest_commit_shows_that()
      throws IOException {
    GitRepository repository = host.create("lab/network");
    repository.commit("main", "Begin").file("net/main.tf", RESOURCE.formatted("one")).done();
    host.follow("network", "lab/network", ",\"working-directory\":\"net\"");
    host.follow("elsewhere", "lab/network", ",\"working-directory\":\"dns\"");
    String slow = push(repository, Wrapper.WAITS_IN_PLAN + RESOURCE.formatted("two"));
    host.pullRequest("lab/network", "opened", "wide", slow);
    hold.awaitArrivals(1);
    String older = site.latestRun(ORGANIZATION, "network");
    String newest = push(repository, RESOURCE.formatted("three"));

    host.pullRequest("lab/network", "synchronize", "wide", newest);

    site.awaitStatus(older, "canceled");
    Eventually.until("a run", () -> !site.latestRun(ORGANIZATION, "network").equals(older));
    String run = site.latestRun(ORGANIZATION, "network");
    site.awaitStatus(run, "planned_and_finished");
    ApiClient.Answer shown = site.api().get("/api/v2/runs/" + run);
    assertThat(shown.attribute("plan-only").asBoolean()).isTrue();
    assertThat(shown.attribute("message").asText()).isEqualTo("A wider net");
    Eventually.until(
        () -> "statuses: " + host.statuses(newest),
        () ->
            host.statuses(newest)
                .contains("success: Terraform plan: 1 to add, 0 to change, 0 to destroy."));
    assertThat(host.statuses(newest).getFirst()).isEqualTo("pending: Terraform plan is pending.");
    assertThat(host.statuses(slow)).last().isEqualTo("error: Terraform plan was canceled.");
    assertThat(site.latestRun(ORGANIZATION, "elsewhere")).isEmpty();
  }

  private static String push(GitRepository repository, String contents) {
    return repository.commit("wide", "Widen").file("net/main.tf", contents).done();
  }
}
