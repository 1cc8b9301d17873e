package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Variable sets, as people look after them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariableSetPagesIT {
  private static final String ALL = "/app/acme/settings/varsets";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  /// The address of a new set.
  private String set(String name) {
    Answer made = alice.submit(ALL + "/new", Map.of("name", name));
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    return made.header("Location").orElseThrow();
  }

  private static String id(String page) {
    return page.substring(page.lastIndexOf('/') + 1);
  }

  private Answer shown(String page) {
    return server.get("alice", "/varsets/" + id(page));
  }

  private List<String> reached(String page, String kind) {
    return shown(page).data().at("/relationships/" + kind + "/data").findValuesAsText("id");
  }

  @Nested
  class A_set {
    @Test
    void is_made_listed_edited_and_deleted() {
      String page = set("Cloud <keys>");

      String list = alice.open(ALL + "?search=cloud").text();
      Answer saved =
          alice.submit(
              page + "/edit",
              Map.of(
                  "name",
                  "Keys",
                  "description",
                  "of <all>",
                  "global",
                  "true",
                  "priority",
                  "false"));
      String shown = alice.open(page).text();
      Answer gone = alice.submit(page + "/delete", Map.of());

      assertThat(list).contains("Cloud &lt;keys&gt;", "0 projects, 0 workspaces");
      assertThat(saved.header("Location")).contains(page);
      assertThat(shown).contains("Keys", "of &lt;all&gt;", "Global", "All workspaces");
      assertThat(gone.header("Location")).contains(ALL);
      assertThat(shown(page).status()).isEqualTo(404);
    }

    @Test
    void may_belong_to_a_project() {
      String project = server.project("Zoo");

      Answer made = alice.submit(ALL + "/new", Map.of("name", "Of the zoo", "parent", project));
      String page = made.header("Location").orElseThrow();

      assertThat(alice.open(page).text()).contains("belongs to the project Zoo");
      assertThat(alice.open(page + "/edit").text()).doesNotContain("name=\"global\"");
    }

    @Test
    void is_refused_beside_what_was_typed() {
      set("Taken");

      Answer refused = alice.submit(ALL + "/new", Map.of("name", "Taken", "description", "again"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("Name has already been taken", "value=\"again\"");
    }

    @Test
    void of_another_organization_is_not_there() {
      String page = set("Ours").replace("/app/acme/", "/app/beta/");

      assertThat(alice.open(page).status()).isEqualTo(404);
      assertThat(Browser.signedIn(atlas, "bob").open(page).status()).isEqualTo(404);
    }
  }

  @Nested
  class Its_variables {
    @Test
    void are_added_and_never_show_what_is_sensitive() {
      String page = set("Secrets");

      Answer made =
          alice.submit(
              page + "/variables/new",
              Map.of("key", "TOKEN", "value", "hush-hush", "category", "env", "sensitive", "true"));
      String shown = alice.open(page).text();

      assertThat(made.header("Location")).contains(page);
      assertThat(shown).contains("TOKEN", "Sensitive – write only").doesNotContain("hush-hush");
    }

    @Test
    void are_edited_and_deleted() {
      String page = set("Changing");
      alice.submit(
          page + "/variables/new", Map.of("key", "size", "value", "3", "category", "terraform"));
      String variable =
          server.get("alice", "/varsets/" + id(page) + "/relationships/vars").ids().getFirst();
      String path = page + "/variables/" + variable;

      Answer edited = alice.submit(path + "/edit", Map.of("key", "size", "value", "4"));
      String shown = alice.open(page).text();
      Answer deleted = alice.submit(path + "/delete", Map.of());

      assertThat(edited.status()).isEqualTo(303);
      assertThat(shown).contains(">4<");
      assertThat(deleted.status()).isEqualTo(303);
      assertThat(shown(page).attribute("var-count").asInt()).isZero();
    }
  }

  @Nested
  class Its_reach {
    @Test
    void is_what_people_add_and_remove() {
      String page = set("Reaching");
      String workspace = server.workspace("reached");
      String project = server.project("Reached");

      Answer added = alice.submit(page + "/add-workspaces", Map.of("workspace", "reached"));
      alice.submit(page + "/add-projects", Map.of("project", project));
      List<String> workspaces = reached(page, "workspaces");
      List<String> projects = reached(page, "projects");
      String shown = alice.open(page).text();
      alice.submit(page + "/remove-workspaces", Map.of("workspace", workspace));
      alice.submit(page + "/remove-projects", Map.of("project", project));

      assertThat(added.header("Location")).contains(page + "#reach");
      assertThat(workspaces).containsExactly(workspace);
      assertThat(projects).containsExactly(project);
      assertThat(shown).contains("/app/acme/workspaces/reached", "Remove the project Reached");
      assertThat(reached(page, "workspaces")).isEmpty();
      assertThat(reached(page, "projects")).isEmpty();
    }

    @Test
    void has_no_workspace_that_is_not_there() {
      String page = set("Mistaken");

      Answer refused = alice.submit(page + "/add-workspaces", Map.of("workspace", "<nowhere>"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("There is no workspace of that name", "value=\"&lt;nowhere>\"");
    }

    @Test
    void is_audited_in_the_words_of_the_api() {
      String page = set("Audited");
      server.workspace("audited");
      try (CapturedLog log = CapturedLog.of("io.terrarium.audit", new JsonLines())) {
        alice.submit(page + "/add-workspaces", Map.of("workspace", "audited"));

        assertThat(log.lines().getFirst())
            .contains("\\\"resource\\\":\\\"varset\\\"", "\\\"action\\\":\\\"add_workspaces\\\"")
            .contains(id(page), "acme");
      }
    }
  }

  @Test
  void who_may_not_change_sets_finds_nothing_to_press() {
    String page = set("Closed");
    String workspace = server.workspace("closed");
    Browser reader = server.member("rita", workspace, "{\"access\":\"read\"}");

    Answer list = reader.open(ALL);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).contains("not for you to see").doesNotContain("Closed");
    assertThat(reader.open(page).status()).isEqualTo(404);
    assertThat(reader.open(ALL + "/new").status()).isEqualTo(404);
    assertThat(reader.submit(ALL + "/new", Map.of("name", "mine")).status()).isEqualTo(404);
    assertThat(reader.submit(page + "/delete", Map.of()).status()).isEqualTo(404);
    assertThat(reader.submit(page + "/add-workspaces", Map.of("workspace", "closed")).status())
        .isEqualTo(404);
    assertThat(reader.submit(page + "/variables/new", Map.of("key", "k")).status()).isEqualTo(404);
  }
}
