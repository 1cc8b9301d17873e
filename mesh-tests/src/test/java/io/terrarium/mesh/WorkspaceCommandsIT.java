package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the real terraform finds, makes, locks and deletes workspaces.
class WorkspaceCommandsIT {
  private static final String ORGANIZATION = "finders";
  private static final String CONFIGURATION = "resource \"terraform_data\" \"a\" {}\n";

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

  private static TerraformCli configured(Backend backend, String workspaces) {
    return site.configured(backend, ORGANIZATION, workspaces, CONFIGURATION);
  }

  /// `init` that asks for the name of a first workspace.
  private static void initNaming(TerraformCli terraform, String name) {
    try (TerraformCli.Running init = terraform.start("init", "-input=true", "-no-color")) {
      TerraformCli.Result result =
          init.awaitOutput(TerraformCli.Running::asks).answer(name).await();
      assertThat(result.exit()).as(result.output()).isZero();
    }
  }

  @Test
  void tags_find_workspaces_and_are_given_to_new_ones() {
    TerraformCli terraform = configured(Backend.CLOUD, "tags = [\"layer:net\", \"eu\"]");
    initNaming(terraform, "first-net");

    terraform.succeeds("workspace", "new", "second-net");
    String listed = terraform.succeeds("workspace", "list");
    terraform.succeeds("workspace", "select", "first-net");
    String shown = terraform.succeeds("workspace", "show");
    terraform.succeeds("workspace", "delete", "second-net");

    assertThat(listed).contains("first-net", "* second-net");
    assertThat(shown.strip()).isEqualTo("first-net");
    assertThat(terraform.succeeds("workspace", "list")).doesNotContain("second-net");
    assertThat(
            site.api()
                .get("/api/v2/organizations/" + ORGANIZATION + "/workspaces/first-net")
                .attribute("tag-names")
                .toString())
        .isEqualTo("[\"eu\",\"layer:net\"]");
  }

  @Test
  void the_readme_beside_a_configuration_is_the_workspace_s() {
    TerraformCli terraform =
        configured(Backend.CLOUD, "name = \"told\"").write("README.md", "# What this is\n");
    terraform.succeeds("init");
    String workspace = "/api/v2/organizations/" + ORGANIZATION + "/workspaces/told?include=readme";
    assertThat(site.api().get(workspace).includedTypes()).isEmpty();

    terraform.succeeds("apply", "-auto-approve");

    Eventually.until(
        "the readme is read",
        () -> site.api().get(workspace).includedTypes().contains("workspace-readme"));
    assertThat(site.api().get(workspace).json().at("/included/0/attributes/raw-markdown").asText())
        .isEqualTo("# What this is\n");
  }

  @Test
  void keys_and_values_find_workspaces_too() {
    TerraformCli terraform = configured(Backend.CLOUD, "tags = { stage = \"live\" }");
    initNaming(terraform, "live-one");
    TerraformCli other = configured(Backend.CLOUD, "tags = { stage = \"test\" }");
    initNaming(other, "test-one");

    assertThat(terraform.succeeds("workspace", "list"))
        .contains("live-one")
        .doesNotContain("test-one");
    assertThat(terraform.succeeds("plan")).contains("1 to add");
  }

  @Test
  void a_project_is_made_when_there_is_none() {
    TerraformCli terraform =
        configured(Backend.CLOUD, "name = \"in-project\"\n    project = \"Made by init\"");

    terraform.succeeds("init");

    String project =
        site.api()
            .get("/api/v2/organizations/" + ORGANIZATION + "/workspaces/in-project")
            .data()
            .at("/relationships/project/data/id")
            .asText();
    assertThat(site.api().get("/api/v2/projects/" + project).attribute("name").asText())
        .isEqualTo("Made by init");
  }

  @Test
  void a_prefix_names_workspaces_of_the_remote_backend() {
    TerraformCli terraform = configured(Backend.REMOTE, "prefix = \"pre-\"");
    String nothing = terraform.run("init").output();

    terraform.succeeds("workspace", "new", "one");
    terraform.succeeds("workspace", "new", "two");
    String listed = terraform.succeeds("workspace", "list");
    terraform.succeeds("workspace", "select", "one");
    terraform.succeeds("workspace", "delete", "two");

    assertThat(nothing).contains("No existing workspaces");
    assertThat(listed).contains("  one", "* two");
    assertThat(site.workspaceId(ORGANIZATION, "pre-one")).startsWith("ws-");
    assertThat(site.workspaceId(ORGANIZATION, "pre-two")).isEmpty();
  }

  @Test
  void a_workspace_with_resources_is_deleted_by_force_alone() {
    TerraformCli terraform = configured(Backend.CLOUD, "tags = [\"doomed\"]");
    initNaming(terraform, "doomed");
    terraform.succeeds("apply", "-auto-approve");
    terraform.succeeds("workspace", "new", "refuge");

    TerraformCli.Result refused = terraform.run("workspace", "delete", "doomed");
    String forced = terraform.succeeds("workspace", "delete", "-force", "doomed");

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output()).contains("doomed");
    assertThat(forced).contains("Deleted workspace");
  }

  @Test
  void a_lock_is_broken_by_force() {
    TerraformCli terraform = configured(Backend.CLOUD, "name = \"locked\"");
    terraform.succeeds("init");
    String workspace = site.workspaceId(ORGANIZATION, "locked");
    site.api().post("/api/v2/workspaces/" + workspace + "/actions/lock", "{\"reason\":\"busy\"}");
    TerraformCli.Result refused = terraform.run("state", "rm", "terraform_data.a");

    String broken =
        terraform.succeeds("force-unlock", "-no-color", "-force", ORGANIZATION + "/locked");

    assertThat(refused.exit()).isNotZero();
    assertThat(broken).contains("successfully unlocked");
    assertThat(
            site.api().get("/api/v2/workspaces/" + workspace).attribute("locked").asBoolean(true))
        .isFalse();
  }

  @Test
  void the_environment_names_the_workspace() {
    TerraformCli named = configured(Backend.CLOUD, "tags = [\"by-environment\"]");
    initNaming(named, "by-environment");

    assertThat(named.with("TF_WORKSPACE", "by-environment").run("workspace", "show").output())
        .contains("by-environment");
  }
}
