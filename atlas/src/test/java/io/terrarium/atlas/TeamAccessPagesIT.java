package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What teams may do in a workspace, in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamAccessPagesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String page(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/settings/access";
  }

  private Answer given(String workspace) {
    return server.get(
        "alice", "/team-workspaces?" + Tenants.query("filter[workspace][id]", workspace));
  }

  private static Map<String, String> wish(String team, String level) {
    return new HashMap<>(Map.of("relationships.team", team, "access", level));
  }

  @Nested
  class A_team {
    @Test
    void is_given_access_which_is_changed_and_taken_away() {
      String workspace = server.workspace("opened");
      String team = server.team("helpers", "");

      String empty = alice.open(page("opened")).text();
      String form = alice.open(page("opened") + "/new").text();
      Answer added = alice.submit(page("opened") + "/new", wish(team, "plan"));
      String list = alice.open(page("opened")).text();
      String one = page("opened") + "/" + given(workspace).ids().getFirst();
      String edited = alice.open(one + "/edit").text();
      Answer changed = alice.submit(one + "/edit", Map.of("access", "write"));
      String level = given(workspace).listed("access").getFirst();
      Answer gone = alice.submit(one + "/delete", Map.of());

      assertThat(empty).contains("No team has access of its own yet");
      assertThat(form).contains(">helpers</option>").doesNotContain(">owners</option>");
      assertThat(added.header("Location")).contains(page("opened"));
      assertThat(list).contains(">helpers</a>", "Plan", "which others confirm", one + "/edit");
      assertThat(edited).contains("Access of helpers", "value=\"plan\" checked");
      assertThat(changed.header("Location")).contains(page("opened"));
      assertThat(level).isEqualTo("write");
      assertThat(gone.header("Location")).contains(page("opened"));
      assertThat(given(workspace).ids()).isEmpty();
    }

    @Test
    void may_have_access_that_is_chosen_kind_by_kind() {
      String workspace = server.workspace("chosen");
      Map<String, String> fields = wish(server.team("choosy", ""), "custom");
      fields.put("runs", "apply");
      fields.put("variables", "read");
      fields.put("state-versions", "read-outputs");
      fields.put("sentinel-mocks", "none");
      fields.put("workspace-locking", "true");

      Answer added = alice.submit(page("chosen") + "/new", fields);

      assertThat(added.status()).isEqualTo(303);
      JsonNode access = given(workspace).json().at("/data/0/attributes");
      assertThat(access.path("access").asText()).isEqualTo("custom");
      assertThat(access.path("runs").asText()).isEqualTo("apply");
      assertThat(access.path("state-versions").asText()).isEqualTo("read-outputs");
      assertThat(access.path("workspace-locking").asBoolean()).isTrue();
      String one = page("chosen") + "/" + given(workspace).ids().getFirst();
      assertThat(alice.open(one + "/edit").text()).contains("<details open>", "See outputs");
      assertThat(alice.open(page("chosen")).text())
          .contains("Variables: See them. States: See outputs. Lock and unlock the workspace.");
    }

    @Test
    void has_what_its_level_gives_whatever_else_is_filled_in() {
      String workspace = server.workspace("levelled");
      Map<String, String> fields = wish(server.team("plain", ""), "read");
      fields.put("runs", "apply");

      alice.submit(page("levelled") + "/new", fields);

      assertThat(given(workspace).json().at("/data/0/attributes/runs").asText()).isEqualTo("read");
    }

    @Test
    void is_refused_with_what_is_wrong() {
      String workspace = server.workspace("refusing");
      String team = server.team("twice", "");
      server.allow(team, workspace, "{\"access\":\"read\"}");
      server.team("other", "");

      Answer again = alice.submit(page("refusing") + "/new", wish(team, "write"));
      Answer owners = alice.submit(page("refusing") + "/new", wish(server.owners(), "read"));
      Answer level = alice.submit(page("refusing") + "/new", wish(team, "<all>"));
      Answer none = alice.submit(page("refusing") + "/new", Map.of("access", "read"));

      assertThat(again.status()).isEqualTo(422);
      assertThat(again.text())
          .contains("Team has access to the workspace already", "value=\"write\" checked");
      assertThat(owners.text()).contains("Team is that of the owners");
      assertThat(level.text()).contains("must be one of read, plan, write, admin, custom");
      assertThat(none.text()).contains("Access needs a team");
    }
  }

  @Nested
  class The_page {
    @Test
    void is_for_who_looks_after_access() {
      String workspace = server.workspace("guarded");
      Browser writer = server.member("walter", workspace, "{\"access\":\"write\"}");
      String one = page("guarded") + "/" + given(workspace).ids().getFirst();

      String settings = writer.open("/app/acme/workspaces/guarded/settings/general").text();

      assertThat(settings).doesNotContain("Team access");
      assertThat(writer.open(page("guarded")).status()).isEqualTo(404);
      assertThat(writer.open(page("guarded") + "/new").status()).isEqualTo(404);
      assertThat(writer.submit(page("guarded") + "/new", wish("x", "admin")).status())
          .isEqualTo(404);
      assertThat(writer.open(one + "/edit").status()).isEqualTo(404);
      assertThat(writer.submit(one + "/edit", Map.of("access", "admin")).status()).isEqualTo(404);
      assertThat(writer.submit(one + "/delete", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void shows_no_name_of_a_team_that_the_reader_does_not_see() {
      String workspace = server.workspace("veiled");
      Browser keeper = server.member("kira", workspace, "{\"access\":\"admin\"}");
      String team = server.team("veiled-team", "");
      server.allow(team, workspace, "{\"access\":\"read\"}");

      String list = keeper.open(page("veiled")).text();
      String form = keeper.open(page("veiled") + "/new").text();

      assertThat(list)
          .contains("team-kira", "A secret team", team)
          .contains("settings/access\" aria-current=\"page\">Team access")
          .doesNotContain("veiled-team");
      assertThat(form).contains("There is no team to add");
    }

    @Test
    void is_left_by_who_takes_the_access_away_that_let_them_in() {
      String workspace = server.workspace("left");
      Browser keeper = server.member("karl", workspace, "{\"access\":\"admin\"}");
      String one = page("left") + "/" + given(workspace).ids().getFirst();

      Answer less = keeper.submit(one + "/edit", Map.of("access", "read"));
      server.send(
          "alice",
          "PATCH",
          "/team-workspaces/" + given(workspace).ids().getFirst(),
          Tenants.document("team-workspaces", "{\"access\":\"admin\"}"));
      Answer none = keeper.submit(one + "/delete", Map.of());

      assertThat(less.header("Location")).contains("/app/acme/workspaces/left");
      assertThat(none.header("Location")).contains("/app/acme/workspaces");
    }

    @Test
    void knows_the_access_to_its_own_workspace_alone() {
      String workspace = server.workspace("one");
      server.workspace("another");
      server.allow(server.team("elsewhere", ""), workspace, "{\"access\":\"read\"}");
      String one = page("another") + "/" + given(workspace).ids().getFirst();

      assertThat(alice.open(one + "/edit").status()).isEqualTo(404);
      assertThat(alice.submit(one + "/edit", Map.of("access", "admin")).status()).isEqualTo(404);
      assertThat(alice.submit(one + "/delete", Map.of()).status()).isEqualTo(404);
    }
  }
}
