package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitServer;
import io.terrarium.testsupport.WorkingCopy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The mesh and its own Git server, with nothing between them but what any Git host has: the real
/// `git` pushes, and all else follows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabGitIT {
  private static final String ORGANIZATION = "lab";
  private static final String RESOURCE =
      "resource \"terraform_data\" \"a\" {\n  input = \"%s\"\n}\noutput \"said\" {\n  value ="
          + " terraform_data.a.output\n}\n";

  @AutoClose private MeshFixture fixture;
  private Site site;
  private Path copies;
  private URI git;
  private ApiClient host;
  private String oauthToken;

  @BeforeAll
  void start(@TempDir Path directory) {
    assumeTrue(GitServer.isInstalled(), "there is no git on this machine: install git");
    fixture = MeshFixture.withGit(directory, false);
    site = fixture.site();
    copies = directory.resolve("copies");
    git = fixture.mesh().gitUrl().orElseThrow();
    host = new ApiClient(git, site.secret("git_token"));
    site.organization(ORGANIZATION);
    ApiClient.Answer connected =
        site.api()
            .post(
                "/api/v2/organizations/" + ORGANIZATION + "/oauth-clients",
                """
                {"data":{"type":"oauth-clients","attributes":{"service-provider":"gitea",
                  "http-url":"%s","oauth-token-string":"%s"}}}\
                """
                    .formatted(git, site.secret("git_token")));
    assertThat(connected.status()).as(connected.text()).isEqualTo(201);
    oauthToken = connected.data().at("/relationships/oauth-tokens/data/0/id").asText();
  }

  private WorkingCopy copy(String name) {
    WorkingCopy copy = WorkingCopy.create(copies.resolve(name));
    String login = "ada:" + site.secret("git_token") + "@";
    copy.git(
        "remote", "add", "origin", git.toString().replace("://", "://" + login) + "/lab/" + name);
    return copy;
  }

  private void make(String path, String type, String repository, String attributes) {
    ApiClient.Answer made =
        site.api()
            .post(
                "/api/v2/organizations/" + ORGANIZATION + path,
                """
                {"data":{"type":"%s","attributes":{%s"vcs-repo":{
                  "identifier":"lab/%s","oauth-token-id":"%s"}}}}\
                """
                    .formatted(type, attributes, repository, oauthToken));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Eventually.until(
        "the webhook of " + repository,
        () -> host.get("/api/v1/repos/lab/" + repository + "/hooks").json().size() == 1);
  }

  private String runAfter(String before) {
    Eventually.until(
        () -> "there is no new run: " + events(),
        () -> !List.of("", before).contains(site.latestRun(ORGANIZATION, "network")));
    return site.latestRun(ORGANIZATION, "network");
  }

  private String events() {
    return site.api().get("/api/v2/organizations/" + ORGANIZATION + "/vcs-events").text();
  }

  private void awaitStatus(String commit, String words) {
    String statuses = "/api/v1/repos/lab/network/statuses/" + commit;
    Eventually.until(
        () -> "statuses: " + host.get(statuses).text(),
        () -> host.get(statuses).text().contains(words));
  }

  @Test
  void a_push_is_applied_and_a_pull_request_planned_and_their_commits_say_so() {
    WorkingCopy network = copy("network");
    network.commit("main.tf", RESOURCE.formatted("one"));
    network.git("push", "-q", "origin", "main");
    make(
        "/workspaces",
        "workspaces",
        "network",
        "\"name\":\"network\",\"queue-all-runs\":true,\"auto-apply\":true,");
    String begun = runAfter("");
    site.awaitStatus(begun, "applied");
    String second = network.commit("main.tf", RESOURCE.formatted("two"));

    network.git("push", "-q", "origin", "main");

    String pushed = runAfter(begun);
    site.awaitStatus(pushed, "applied");
    assertThat(site.log(pushed, "apply")).contains("two");
    awaitStatus(second, "success");
    network.git("checkout", "-q", "-b", "wide");
    String wide = network.commit("main.tf", RESOURCE.formatted("three"));
    network.git("push", "-q", "origin", "wide");

    ApiClient.Answer pull =
        host.post(
            "/api/v1/repos/lab/network/pulls",
            "{\"head\":\"wide\",\"base\":\"main\",\"title\":\"A wider net\"}");

    assertThat(pull.status()).as(pull.text()).isEqualTo(201);
    String planned = runAfter(pushed);
    site.awaitStatus(planned, "planned_and_finished");
    ApiClient.Answer shown = site.api().get("/api/v2/runs/" + planned);
    assertThat(shown.attribute("plan-only").asBoolean()).isTrue();
    assertThat(shown.attribute("message").asText()).isEqualTo("A wider net");
    awaitStatus(wide, "Terraform plan: ");
  }

  @Test
  void a_tag_is_a_version_of_a_module_that_terraform_installs() {
    WorkingCopy module = copy("terraform-null-greeting");
    module.commit("main.tf", "output \"said\" {\n  value = \"good day\"\n}\n");
    module.git("tag", "v1.0.0");
    module.git("push", "-q", "origin", "main", "v1.0.0");
    make("/registry-modules/vcs", "registry-modules", "terraform-null-greeting", "");
    module.commit("main.tf", "output \"said\" {\n  value = \"good night\"\n}\n");
    module.git("tag", "-a", "-m", "The second", "v1.1.0");

    module.git("push", "-q", "origin", "main", "v1.1.0");

    awaitVersion("1.1.0");
    TerraformCli terraform =
        site.local(
            "consumer",
            """
            module "greeting" {
              source  = "%s/%s/greeting/null"
              version = "~> 1.1"
            }
            output "said" {
              value = module.greeting.said
            }
            """
                .formatted(site.host(), ORGANIZATION));
    terraform.succeeds("init");
    terraform.succeeds("apply", "-auto-approve");
    assertThat(terraform.succeeds("output", "-raw", "said")).contains("good night");
  }

  private void awaitVersion(String version) {
    String module =
        "/api/v2/organizations/%s/registry-modules/private/%s/greeting/null"
            .formatted(ORGANIZATION, ORGANIZATION);
    Eventually.until(
        () -> site.api().get(module).text() + events(),
        () -> {
          for (JsonNode one : site.api().get(module).attribute("version-statuses")) {
            if (one.path("version").asText().equals(version)) {
              return one.path("status").asText().equals("ok");
            }
          }
          return false;
        });
  }
}
