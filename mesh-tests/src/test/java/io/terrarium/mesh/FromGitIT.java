package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Pushes to a real Git server become runs, and its tags versions of modules that terraform
/// installs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FromGitIT {
  private static final String ORGANIZATION = "fromgit";
  private static final String RESOURCE =
      "resource \"terraform_data\" \"a\" {\n  input = \"%s\"\n}\noutput \"said\" {\n  value ="
          + " terraform_data.a.output\n}\n";

  private static final List<String> INGRESS =
      List.of(
          "1 atlas sidekiq-worker redis",
          "2 sidekiq-worker slug-ingress http",
          "3 slug-ingress archivist http",
          "4 archivist atlas http");

  private static final List<String> AVAILABILITY =
      List.of(
          "1 atlas registry-api http",
          "2 registry-api registry-worker http",
          "3 registry-worker atlas http");

  @AutoClose private MeshFixture fixture;
  @AutoClose private GitLab git;
  private Site site;

  @BeforeAll
  void start(@TempDir Path directory) {
    fixture = new MeshFixture(directory, false);
    site = fixture.site();
    site.organization(ORGANIZATION);
    git = new GitLab(site, ORGANIZATION);
  }

  private String nextRun(String workspace, String before) {
    Eventually.until(
        () -> workspace + " has no new run: " + events(),
        () -> !List.of("", before).contains(site.latestRun(ORGANIZATION, workspace)));
    return site.latestRun(ORGANIZATION, workspace);
  }

  private String events() {
    return site.api().get("/api/v2/organizations/" + ORGANIZATION + "/vcs-events").text();
  }

  private List<String> steps(String flow, String phase) {
    List<String> steps = new ArrayList<>();
    for (JsonNode hop : site.api().get("/api/v2/terrarium/flows/" + flow).json().path("hops")) {
      if (hop.path("step").asInt() > 0 && hop.path("phase").asText().equals(phase)) {
        steps.add(
            String.join(
                " ",
                hop.path("step").asText(),
                hop.path("from").asText(),
                hop.path("to").asText(),
                hop.path("medium").asText()));
      }
    }
    return steps.stream().distinct().sorted().toList();
  }

  @Test
  void a_workspace_applies_what_is_there_and_then_each_push() {
    GitRepository repository = git.create("network");
    String first =
        repository.commit("main", "Begin").file("net/main.tf", RESOURCE.formatted("one")).done();
    ApiClient.Answer workspace =
        git.follow(
            "network",
            "network",
            ",\"working-directory\":\"net\",\"queue-all-runs\":true,\"auto-apply\":true");
    String begun = nextRun("network", "");
    site.awaitStatus(begun, "applied");
    String second =
        repository.commit("main", "Say two").file("net/main.tf", RESOURCE.formatted("two")).done();

    String delivery = git.push(workspace, "refs/heads/main", first, second);

    String run = nextRun("network", begun);
    site.awaitStatus(run, "applied");
    ApiClient.Answer shown =
        site.api().get("/api/v2/runs/" + run + "?include=configuration_version.ingress_attributes");
    JsonNode ingress = included(shown, "ingress-attributes");
    assertThat(ingress.at("/attributes/commit-sha").asText()).isEqualTo(second);
    assertThat(ingress.at("/attributes/branch").asText()).isEqualTo("main");
    assertThat(site.log(run, "apply")).contains("two");
    String elsewhere =
        repository.commit("main", "Of no account").file("README.md", "nothing").done();
    git.push(workspace, "refs/heads/main", second, elsewhere);
    git.push(workspace, "refs/heads/main", second, elsewhere);
    Eventually.until(
        () -> "hops: " + steps(delivery, ""), () -> steps(delivery, "").equals(INGRESS));
    assertThat(site.latestRun(ORGANIZATION, "network")).isEqualTo(run);
  }

  private static JsonNode included(ApiClient.Answer answer, String type) {
    for (JsonNode one : answer.json().path("included")) {
      if (one.path("type").asText().equals(type)) {
        return one;
      }
    }
    throw new AssertionError("nothing of " + type + " in " + answer.text());
  }

  @Test
  void tags_become_versions_of_a_module_that_terraform_installs() {
    GitRepository repository = git.create("terraform-null-greeting");
    module(repository, "1.0.0");
    module(repository, "1.1.0");
    repository.git("tag", "nightly", "main");
    ApiClient.Answer module =
        site.api()
            .post(
                "/api/v2/organizations/" + ORGANIZATION + "/registry-modules/vcs",
                "{\"data\":{\"type\":\"registry-modules\",\"attributes\":{%s}}}"
                    .formatted(git.vcsRepo("terraform-null-greeting", "")));
    assertThat(module.status()).as(module.text()).isEqualTo(201);
    awaitVersions("greeting", 2);
    String newest = module(repository, "1.2.0");
    String delivery = git.push(module, "refs/tags/v1.2.0", "", newest);
    awaitVersions("greeting", 3);
    TerraformCli terraform =
        site.local(
            "consumer",
            """
            module "greeting" {
              source  = "%s/%s/greeting/null"
              version = "~> 1.1"
            }
            module "part" {
              source  = "%s/%s/greeting/null//modules/part"
              version = "1.0.0"
            }
            output "said" {
              value = "${module.greeting.said} and ${module.part.said}"
            }
            """
                .formatted(site.host(), ORGANIZATION, site.host(), ORGANIZATION));

    terraform.succeeds("init");

    terraform.succeeds("apply", "-auto-approve");
    assertThat(terraform.succeeds("output", "-raw", "said"))
        .contains("greeting 1.2.0 and part 1.0.0");
    assertThat(events()).contains("gets version 1.2.0");
    assertThat(steps(delivery, "")).contains("1 atlas sidekiq-worker redis");
    String version = versionId("greeting", "1.2.0");
    Eventually.until(
        () -> "hops: " + steps(version, "") + steps(version, "availability"),
        () ->
            steps(version, "").equals(INGRESS)
                && steps(version, "availability").equals(AVAILABILITY));
  }

  @Test
  void tags_with_a_prefix_become_versions_of_the_module_in_a_directory() {
    GitRepository repository = git.create("monorepo");
    String first = module(repository, "1.0.0");
    repository.git("tag", "part/v0.1.0", first);
    ApiClient.Answer module =
        site.api()
            .post(
                "/api/v2/organizations/" + ORGANIZATION + "/registry-modules/vcs",
                """
                {"data":{"type":"registry-modules","attributes":{"name":"part","provider":"null",%s}}}\
                """
                    .formatted(
                        git.vcsRepo(
                            "monorepo",
                            ",\"tag-prefix\":\"part/\",\"source-directory\":\"modules/part\"")));
    assertThat(module.status()).as(module.text()).isEqualTo(201);
    awaitVersions("part", 1);
    TerraformCli terraform =
        site.local(
            "of-part",
            """
            module "part" {
              source = "%s/%s/part/null"
            }
            output "said" {
              value = module.part.said
            }
            """
                .formatted(site.host(), ORGANIZATION));

    terraform.succeeds("init");

    terraform.succeeds("apply", "-auto-approve");
    assertThat(terraform.succeeds("output", "-raw", "said")).contains("part 1.0.0");
    assertThat(versionId("part", "0.1.0")).startsWith("modver-");
  }

  private static String module(GitRepository repository, String version) {
    String commit =
        repository
            .commit("main", "Version " + version)
            .file("main.tf", "output \"said\" {\n  value = \"greeting " + version + "\"\n}\n")
            .file(
                "modules/part/main.tf",
                "output \"said\" {\n  value = \"part " + version + "\"\n}\n")
            .done();
    repository.git("tag", "v" + version, commit);
    return commit;
  }

  private String versionId(String name, String version) {
    return site.api()
        .get(
            "/api/v2/organizations/%s/registry-modules/private/%s/%s/null/version?module_version=%s"
                .formatted(ORGANIZATION, ORGANIZATION, name, version))
        .data()
        .path("id")
        .asText();
  }

  private void awaitVersions(String name, int count) {
    String path =
        "/api/v2/organizations/%s/registry-modules/private/%s/%s/null"
            .formatted(ORGANIZATION, ORGANIZATION, name);
    Eventually.until(
        () -> site.api().get(path).text(),
        () -> {
          int good = 0;
          for (JsonNode version : site.api().get(path).attribute("version-statuses")) {
            good += version.path("status").asText().equals("ok") ? 1 : 0;
          }
          return good == count;
        });
  }

  @Test
  void a_repository_that_cannot_be_fetched_says_why() {
    ApiClient.Answer workspace = git.follow("nowhere", "nowhere", ",\"queue-all-runs\":true");
    String configurations =
        "/api/v2/workspaces/" + workspace.data().path("id").asText() + "/configuration-versions";

    Eventually.until(
        () -> site.api().get(configurations).text(),
        () ->
            site.api()
                .get(configurations)
                .data()
                .at("/0/attributes/status")
                .asText()
                .equals("errored"));

    assertThat(site.api().get(configurations).data().at("/0/attributes/error").asText())
        .isEqualTo("repository_not_found");
  }
}
