package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What teams may do, by their access to workspaces, to projects and to the whole organization.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamAccessIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private Answer allowProject(String team, String project, String attributes) {
    return server.post(
        "alice", "/team-projects", Tenants.access("team-projects", attributes, team, project));
  }

  private String workspaceIn(String project, String name) {
    Answer made = make("alice", project, name);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    atlas
        .objects()
        .put(server.configuration(made.id()).attribute("upload-url").asText(), "slug of " + name);
    return made.id();
  }

  private Answer make(String caller, String project, String name) {
    return server.post(
        caller,
        "/organizations/acme/workspaces",
        "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\""
            + name
            + "\"},\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\""
            + project
            + "\"}}}}}");
  }

  /// What the caller manages to do in a workspace, tried one after the other.
  private Set<String> possible(String caller, String workspace) {
    String path = "/workspaces/" + workspace;
    Set<String> done = new TreeSet<>();
    note(done, "see", server.get(caller, path));
    note(done, "vars", server.get(caller, path + "/vars"));
    String variable = "{\"key\":\"" + caller + "\",\"value\":\"v\",\"category\":\"env\"}";
    note(done, "set", server.post(caller, path + "/vars", document("vars", variable)));
    Answer run = server.post(caller, "/runs", Tenants.runOf(workspace, "{}"));
    note(done, "plan", run);
    if (run.status() < 300) {
      note(done, "cancel", server.post(caller, "/runs/" + run.id() + "/actions/cancel", ""));
      server.post("alice", "/runs/" + run.id() + "/actions/cancel", "");
    }
    note(done, "lock", server.post(caller, path + "/actions/lock", ""));
    server.post("alice", path + "/actions/force-unlock", "");
    note(done, "states", server.get(caller, states(workspace)));
    note(done, "change", server.send(caller, "PATCH", path, document("workspaces", "{}")));
    String teams = "/team-workspaces?" + query("filter[workspace][id]", workspace);
    note(done, "teams", server.get(caller, teams));
    return done;
  }

  private String states(String workspace) {
    String name = server.get("alice", "/workspaces/" + workspace).attribute("name").asText();
    return "/state-versions?"
        + query("filter[organization][name]", "acme")
        + "&"
        + query("filter[workspace][name]", name);
  }

  private static void note(Set<String> done, String what, Answer answer) {
    assertThat(answer.status()).as(what + answer.text()).isNotEqualTo(500);
    if (answer.status() < 300) {
      done.add(what);
    }
  }

  @Nested
  class In_a_workspace {
    @ParameterizedTest
    @CsvSource({
      "read, 'see,states,vars'",
      "plan, 'plan,see,states,vars'",
      "write, 'cancel,lock,plan,see,set,states,vars'",
      "admin, 'cancel,change,lock,plan,see,set,states,teams,vars'"
    })
    void a_level_allows_what_it_says(String level, String expected) {
      String workspace = server.readyWorkspace("level-" + level);
      String team = server.team("of-" + level, "");
      assertThat(possible("of-" + level, workspace)).isEmpty();

      server.allow(team, workspace, "{\"access\":\"" + level + "\"}");

      assertThat(String.join(",", possible("of-" + level, workspace))).isEqualTo(expected);
    }

    @Test
    void custom_access_is_chosen_kind_by_kind() {
      String workspace = server.readyWorkspace("chosen");
      String team = server.team("choosy", "");

      Answer given =
          server.allow(
              team,
              workspace,
              "{\"access\":\"custom\",\"runs\":\"plan\",\"variables\":\"none\","
                  + "\"state-versions\":\"read-outputs\",\"workspace-locking\":true}");

      Golden.assertSame("team-workspace.json", given.json());
      assertThat(possible("choosy", workspace)).containsExactly("lock", "plan", "see");
      Answer raised =
          server.send(
              "alice",
              "PATCH",
              "/team-workspaces/" + given.id(),
              document("team-workspaces", "{\"variables\":\"read\"}"));
      assertThat(raised.attribute("runs").asText()).isEqualTo("plan");
      assertThat(possible("choosy", workspace)).containsExactly("lock", "plan", "see", "vars");
    }

    @Test
    void access_is_listed_and_taken_away() {
      String workspace = server.readyWorkspace("taken-away");
      String team = server.team("short-lived", "");
      Answer given = server.allow(team, workspace, "{\"access\":\"write\"}");
      String list = "/team-workspaces?" + query("filter[workspace][id]", workspace);

      assertThat(server.get("alice", list).json().at("/data/0")).isEqualTo(given.data());
      assertThat(server.get("alice", list + "&" + query("filter[team][id]", "team-none")).ids())
          .isEmpty();
      assertThat(server.get("bob", list).status()).isEqualTo(404);
      assertThat(server.send("alice", "DELETE", "/team-workspaces/" + given.id(), "").status())
          .isEqualTo(204);
      assertThat(possible("short-lived", workspace)).isEmpty();
      assertThat(server.get("alice", list).ids()).isEmpty();
    }

    @Test
    void access_is_refused_where_it_makes_no_sense() {
      String workspace = server.readyWorkspace("refusing");
      String team = server.team("refused", "");
      server.allow(team, workspace, "{\"access\":\"read\"}");

      assertThat(server.allow(team, workspace, "{\"access\":\"read\"}").pointer())
          .isEqualTo("/data/relationships/team");
      assertThat(server.allow(team, workspace, "{}").pointer())
          .isEqualTo("/data/attributes/access");
      assertThat(server.allow(team, workspace, "{\"access\":\"all\"}").detail())
          .contains("read, plan, write, admin, custom");
      assertThat(server.allow(team, workspace, "{\"access\":\"read\",\"runs\":\"apply\"}").detail())
          .isEqualTo(
              "Runs is read-only when access level is 'read'; use the 'custom' access level to set"
                  + " this attribute.");
      assertThat(server.allow("team-none", workspace, "{\"access\":\"read\"}").pointer())
          .isEqualTo("/data/relationships/team");
      assertThat(server.get("alice", "/team-workspaces").status()).isEqualTo(400);
    }

    @Test
    void the_upload_address_of_a_configuration_is_for_those_who_may_queue_runs() {
      String workspace = server.readyWorkspace("uploading");
      server.allow(server.team("upload-readers", ""), workspace, "{\"access\":\"read\"}");
      server.allow(server.team("upload-planners", ""), workspace, "{\"access\":\"plan\"}");
      String pending = "/configuration-versions/" + server.configuration(workspace).id();

      assertThat(server.get("upload-planners", pending).attribute("upload-url").asText())
          .startsWith("https://");
      Answer read = server.get("upload-readers", pending);
      assertThat(read.status()).isEqualTo(200);
      assertThat(read.attribute("upload-url").isNull()).isTrue();
    }

    @Test
    void lists_show_what_may_be_seen_with_its_count() {
      String seen = server.readyWorkspace("list-seen");
      server.readyWorkspace("list-hidden");
      String team = server.team("listing", "");
      server.allow(team, seen, "{\"access\":\"read\"}");
      Answer run = server.run(seen, "{}");

      Answer listed = server.get("listing", "/organizations/acme/workspaces");

      assertThat(listed.names()).containsExactly("list-seen");
      assertThat(listed.json().at("/meta/pagination/total-count").asInt()).isEqualTo(1);
      assertThat(server.get("listing", "/organizations/acme/projects").names())
          .containsExactly("Default Project");
      assertThat(server.get("listing", "/organizations/acme/runs").ids()).containsExactly(run.id());
    }
  }

  @Nested
  class In_a_project {
    @ParameterizedTest
    @CsvSource({
      "read, 'see,states,vars', false",
      "write, 'cancel,lock,plan,see,set,states,vars', false",
      "maintain, 'cancel,change,lock,plan,see,set,states,teams,vars', true",
      "admin, 'cancel,change,lock,plan,see,set,states,teams,vars', true"
    })
    void a_level_holds_for_all_its_workspaces(String level, String expected, boolean mayCreate) {
      String project = server.project("project-" + level);
      String workspace = workspaceIn(project, "in-project-" + level);
      String caller = "project-" + level;
      String team = server.team(caller, "");

      Answer given = allowProject(team, project, "{\"access\":\"" + level + "\"}");

      assertThat(given.status()).as(given.text()).isEqualTo(201);
      assertThat(String.join(",", possible(caller, workspace))).isEqualTo(expected);
      assertThat(make(caller, project, "made-by-" + level).status())
          .isEqualTo(mayCreate ? 201 : 422);
      assertThat(
              server
                  .send(caller, "PATCH", "/projects/" + project, document("projects", "{}"))
                  .status())
          .isEqualTo(level.equals("admin") ? 200 : 404);
    }

    @Test
    void custom_access_is_chosen_kind_by_kind() {
      String project = server.project("project-chosen");
      String workspace = workspaceIn(project, "in-project-chosen");
      String team = server.team("project-choosy", "");

      Answer given =
          allowProject(
              team,
              project,
              "{\"access\":\"custom\",\"project-access\":{\"settings\":\"update\","
                  + "\"teams\":\"read\"},\"workspace-access\":{\"create\":true,"
                  + "\"runs\":\"apply\",\"variables\":\"write\"}}");

      Golden.assertSame("team-project.json", given.json());
      assertThat(possible("project-choosy", workspace))
          .containsExactly("cancel", "plan", "see", "set", "vars");
      assertThat(make("project-choosy", project, "made-by-choosy").status()).isEqualTo(201);
      String list = "/team-projects?" + query("filter[project][id]", project);
      assertThat(server.get("project-choosy", list).json().at("/data/0")).isEqualTo(given.data());
      assertThat(
              server.send("project-choosy", "DELETE", "/team-projects/" + given.id(), "").status())
          .isEqualTo(404);
      assertThat(
              allowProject(
                      server.team("project-odd", ""),
                      project,
                      "{\"access\":\"custom\",\"workspace-access\":{\"runs\":\"all\"}}")
                  .pointer())
          .isEqualTo("/data/attributes/workspace-access/runs");
    }

    @Test
    void workspaces_are_moved_only_between_projects_where_that_is_allowed() {
      String from = server.project("move-from");
      String to = server.project("move-to");
      String workspace = workspaceIn(from, "moving");
      String team = server.team("movers", "");
      allowProject(team, from, "{\"access\":\"maintain\"}");
      String body =
          "{\"data\":{\"type\":\"workspaces\",\"relationships\":{\"project\":{\"data\":{"
              + "\"type\":\"projects\",\"id\":\""
              + to
              + "\"}}}}}";

      Answer refused = server.send("movers", "PATCH", "/workspaces/" + workspace, body);
      allowProject(team, to, "{\"access\":\"maintain\"}");
      Answer moved = server.send("movers", "PATCH", "/workspaces/" + workspace, body);

      assertThat(refused.pointer()).isEqualTo("/data/relationships/project");
      assertThat(moved.status()).as(moved.text()).isEqualTo(200);
      assertThat(moved.related("project")).isEqualTo(to);
    }

    @Test
    void several_workspaces_are_moved_at_once_or_none() {
      String from = server.project("several-from");
      String to = server.project("several-to");
      String one = workspaceIn(from, "several-one");
      String other = workspaceIn(from, "several-other");
      String hidden = server.workspace("several-hidden");
      String team = server.team("several-movers", "");
      String into = "/relationships/workspaces";
      allowProject(team, from, "{\"access\":\"maintain\"}");
      Answer early = server.post("several-movers", "/projects/" + to + into, workspaces(one));
      allowProject(team, to, "{\"access\":\"maintain\"}");

      Answer refused =
          server.post("several-movers", "/projects/" + to + into, workspaces(one, hidden));
      String before = server.get("alice", "/workspaces/" + one).related("project");
      Answer moved =
          server.post("several-movers", "/projects/" + to + into, workspaces(other, one));

      assertThat(early.status()).isEqualTo(404);
      assertThat(refused.pointers()).containsExactly("/data/1/id");
      assertThat(before).isEqualTo(from);
      assertThat(moved.status()).as(moved.text()).isEqualTo(204);
      assertThat(server.get("alice", "/workspaces/" + one).related("project")).isEqualTo(to);
      assertThat(server.get("alice", "/workspaces/" + other).related("project")).isEqualTo(to);
      assertThat(server.get("alice", "/organizations/acme/projects?sort=-name").names())
          .containsSubsequence("several-to", "several-from");
    }

    private static String workspaces(String... ids) {
      return Stream.of(ids)
          .map(id -> "{\"type\":\"workspaces\",\"id\":\"" + id + "\"}")
          .collect(Collectors.joining(",", "{\"data\":[", "]}"));
    }

    @Test
    void variable_sets_of_the_project_are_its_keepers_business() {
      String project = server.project("project-sets");
      allowProject(server.team("set-readers", ""), project, "{\"access\":\"read\"}");
      allowProject(server.team("set-keepers", ""), project, "{\"access\":\"maintain\"}");
      String all = "/organizations/acme/varsets";
      String body =
          "{\"data\":{\"type\":\"varsets\",\"attributes\":{\"name\":\"of-project\"},\"relationships\":{"
              + "\"parent\":{\"data\":{\"type\":\"projects\",\"id\":\""
              + project
              + "\"}}}}}";

      Answer refused = server.post("set-readers", all, body);
      Answer made = server.post("set-keepers", all, body);
      String one = "/varsets/" + made.id();

      assertThat(refused.status()).isEqualTo(404);
      assertThat(made.status()).as(made.text()).isEqualTo(200);
      assertThat(server.get("set-readers", one).status()).isEqualTo(200);
      assertThat(server.get("set-readers", "/projects/" + project + "/varsets").ids())
          .containsExactly(made.id());
      assertThat(server.send("set-readers", "DELETE", one, "").status()).isEqualTo(404);
      assertThat(server.get("set-keepers", all).status()).isEqualTo(404);
      assertThat(server.send("set-keepers", "DELETE", one, "").status()).isEqualTo(204);
    }

    @Test
    void what_several_teams_are_given_adds_up() {
      String project = server.project("adding-up");
      String workspace = workspaceIn(project, "in-adding-up");
      server.person("gina");
      String first = server.team("adding-first", "");
      String second = server.team("adding-second", "");
      server.join("gina", first);
      server.join("gina", second);

      allowProject(first, project, "{\"access\":\"read\"}");
      server.allow(
          second, workspace, "{\"access\":\"custom\",\"runs\":\"plan\",\"variables\":\"write\"}");

      assertThat(possible("gina", workspace))
          .containsExactly("plan", "see", "set", "states", "vars");
    }
  }

  @Nested
  class In_the_organization {
    @ParameterizedTest
    @CsvSource({
      "read-workspaces, 'see,states,vars', 422, 404",
      "manage-workspaces, 'cancel,change,lock,plan,see,set,states,teams,vars', 201, 404",
      "manage-projects, 'cancel,change,lock,plan,see,set,states,teams,vars', 201, 201",
      "manage-membership, '', 422, 404",
      "manage-policies, 'see', 422, 404",
      "manage-run-tasks, '', 422, 404"
    })
    void access_holds_everywhere(
        String permission, String expected, int workspaceMade, int projectMade) {
      String project = server.project("org-" + permission);
      String workspace = workspaceIn(project, "in-org-" + permission);
      server.team(permission, ",\"organization-access\":{\"" + permission + "\":true}");

      assertThat(String.join(",", possible(permission, workspace))).isEqualTo(expected);
      assertThat(make(permission, project, "made-by-" + permission).status())
          .isEqualTo(workspaceMade);
      assertThat(
              server
                  .post(
                      permission,
                      "/organizations/acme/projects",
                      document("projects", "{\"name\":\"made-by-" + permission + "\"}"))
                  .status())
          .isEqualTo(projectMade);
    }

    @Test
    void a_reader_of_projects_sees_them_all_but_not_what_is_in_them() {
      String project = server.project("only-looked-at");
      String workspace = workspaceIn(project, "in-looked-at");
      server.team("onlookers", ",\"organization-access\":{\"read-projects\":true}");

      assertThat(server.get("onlookers", "/organizations/acme/projects").ids()).contains(project);
      assertThat(server.get("onlookers", "/projects/" + project).status()).isEqualTo(200);
      assertThat(server.get("onlookers", "/workspaces/" + workspace).status()).isEqualTo(404);
    }

    @Test
    void members_of_no_team_may_see_nothing_in_it() {
      server.person("hugo");
      Answer invited =
          server.post(
              "alice",
              "/organizations/acme/organization-memberships",
              document("organization-memberships", "{\"email\":\"hugo@example.com\"}"));

      assertThat(invited.status()).as(invited.text()).isEqualTo(201);
      assertThat(server.get("hugo", "/organizations/acme").status()).isEqualTo(200);
      for (String list : List.of("workspaces", "projects", "runs")) {
        assertThat(server.get("hugo", "/organizations/acme/" + list).ids()).as(list).isEmpty();
      }
    }
  }
}
