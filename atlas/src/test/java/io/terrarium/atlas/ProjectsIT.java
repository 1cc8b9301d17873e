package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What projects say of their workspaces, and which of them a caller can use.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectsIT {
  private static final String PROJECTS = "/organizations/acme/projects";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  @Nested
  class The_execution_mode_of_a_project {
    @Test
    void is_that_of_its_workspaces_unless_they_have_their_own() {
      Answer project = project("{\"name\":\"Local\",\"default-execution-mode\":\"local\"}");
      String workspace = workspace("by-project", project.id());
      String before = mode(workspace);
      Answer run = server.run(workspace, "{}");

      server.send(
          "alice",
          "PATCH",
          "/workspaces/" + workspace,
          document("workspaces", "{\"execution-mode\":\"remote\"}"));

      assertThat(project.attribute("default-execution-mode").asText()).isEqualTo("local");
      assertThat(isOwn(project)).isTrue();
      assertThat(before).isEqualTo("local");
      assertThat(run.status()).isEqualTo(422);
      assertThat(mode(workspace)).isEqualTo("remote");
    }

    @Test
    void is_the_organizations_until_it_is_set_and_again_after_it_is_given_up() {
      Answer fresh = project("{\"name\":\"Changing\"}");
      Answer local = change(fresh, "{\"default-execution-mode\":\"local\"}");
      Answer renamed = change(fresh, "{\"name\":\"Changed\"}");
      Answer back =
          change(
              fresh,
              "{\"default-execution-mode\":\"local\","
                  + "\"setting-overwrites\":{\"default-execution-mode\":false}}");

      assertThat(modes(fresh, local, renamed, back))
          .containsExactly("remote", "local", "local", "remote");
      assertThat(isOwn(fresh)).isFalse();
      assertThat(isOwn(renamed)).isTrue();
      assertThat(isOwn(back)).isFalse();
    }

    @Test
    void is_one_that_there_is() {
      Answer refused = project("{\"name\":\"Agents\",\"default-execution-mode\":\"agent\"}");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointers()).containsExactly("/data/attributes/default-execution-mode");
    }

    private Answer change(Answer project, String attributes) {
      return server.send(
          "alice", "PATCH", "/projects/" + project.id(), document("projects", attributes));
    }

    private List<String> modes(Answer... projects) {
      return List.of(projects).stream()
          .map(one -> one.attribute("default-execution-mode").asText())
          .toList();
    }

    private boolean isOwn(Answer project) {
      return project.attribute("setting-overwrites").path("default-execution-mode").asBoolean();
    }

    private String mode(String workspace) {
      return server.get("alice", "/workspaces/" + workspace).attribute("execution-mode").asText();
    }
  }

  @Nested
  class The_projects_that_a_team_may_use {
    @Test
    void are_found_by_what_it_may_do_there() {
      String team = server.team("builders", "");
      String read = project("{\"name\":\"To read\"}").id();
      String write = project("{\"name\":\"To write\"}").id();
      String maintain = project("{\"name\":\"To maintain\"}").id();
      String admin = project("{\"name\":\"To administer\"}").id();
      allow(team, read, "read");
      allow(team, write, "write");
      allow(team, maintain, "maintain");
      allow(team, admin, "admin");

      assertThat(found("builders", "")).containsExactlyInAnyOrder(read, write, maintain, admin);
      assertThat(found("builders", query("filter[permissions][create-workspace]", "true")))
          .containsExactlyInAnyOrder(maintain, admin);
      assertThat(found("builders", query("filter[permissions][update]", "true")))
          .containsExactly(admin);
      assertThat(found("builders", query("filter[permissions][update]", "false"))).hasSize(4);
      Answer page =
          server.get(
              "builders",
              PROJECTS
                  + "?page%5Bsize%5D=1&"
                  + query("filter[permissions][create-workspace]", "true"));
      assertThat(page.ids()).hasSize(1);
      assertThat(page.json().at("/meta/pagination/total-count").asInt()).isEqualTo(2);
      assertThat(found("alice", query("filter[permissions][update]", "true")))
          .contains(read, write, maintain, admin);
    }

    private void allow(String team, String project, String access) {
      server.post(
          "alice",
          "/team-projects",
          Tenants.access("team-projects", "{\"access\":\"" + access + "\"}", team, project));
    }

    private List<String> found(String caller, String filter) {
      return server.get(caller, PROJECTS + "?" + filter).ids();
    }
  }

  private Answer project(String attributes) {
    return server.post("alice", PROJECTS, document("projects", attributes));
  }

  private String workspace(String name, String project) {
    return server
        .post(
            "alice",
            "/organizations/acme/workspaces",
            "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"%s\"},\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"%s\"}}}}}"
                .formatted(name, project))
        .id();
  }
}
