package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Variables of workspaces, as people see and change them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariablePagesIT {
  private static final String SECRET = "hush-hush";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String page(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/variables";
  }

  private String add(String workspace, String attributes) {
    return server
        .post("alice", "/workspaces/" + workspace + "/vars", document("vars", attributes))
        .id();
  }

  private List<String> listed(String workspace, String attribute) {
    return server.get("alice", "/workspaces/" + workspace + "/vars").listed(attribute);
  }

  @Nested
  class The_page {
    @Test
    void shows_values_as_text_and_of_sensitive_ones_that_they_are() {
      String workspace = server.workspace("shown");
      add(
          workspace,
          "{\"key\":\"size\",\"value\":\"<b>3</b>\",\"category\":\"terraform\",\"hcl\":true}");
      add(
          workspace,
          "{\"key\":\"TOKEN\",\"value\":\"%s\",\"category\":\"env\",\"sensitive\":true,\"description\":\"of the host\"}"
              .formatted(SECRET));

      String shown = alice.open(page("shown")).text();

      assertThat(shown)
          .contains("&lt;b&gt;3&lt;/b&gt;", "HCL", "TOKEN", "Sensitive – write only", "of the host")
          .doesNotContain("<b>3")
          .doesNotContain(SECRET);
    }

    @Test
    void says_what_variables_are_for_where_there_is_none() {
      server.workspace("empty");

      assertThat(alice.open(page("empty")).text())
          .contains("None of its own yet.", "No variable set reaches this workspace.");
    }

    @Test
    void shows_the_sets_that_reach_the_workspace_and_what_wins() {
      String workspace = server.workspace("reached");
      add(workspace, "{\"key\":\"region\",\"value\":\"own\",\"category\":\"terraform\"}");
      server.post(
          "alice",
          "/organizations/acme/varsets",
          """
          {"data":{"type":"varsets","attributes":{"name":"Strong set","priority":true},
          "relationships":{"workspaces":{"data":[{"type":"workspaces","id":"%s"}]},
          "vars":{"data":[{"type":"vars","attributes":
          {"key":"region","value":"of-the-set","category":"terraform"}}]}}}}
          """
              .formatted(workspace));

      String shown = alice.open(page("reached")).text();

      assertThat(shown).contains("Strong set", "Priority", "of-the-set");
      assertThat(shown.split("Overwritten", -1)).as("the workspace's own").hasSize(2);
      assertThat(shown.indexOf("Overwritten")).isLessThan(shown.indexOf("Strong set"));
    }

    @Test
    void offers_no_change_to_who_may_only_read() {
      String workspace = server.workspace("read");
      String id = add(workspace, "{\"key\":\"size\",\"value\":\"3\",\"category\":\"terraform\"}");
      Browser reader = server.member("rita", workspace, "{\"access\":\"read\"}");

      assertThat(reader.open(page("read")).text())
          .contains("size")
          .doesNotContain("Add a variable")
          .doesNotContain("Delete");
      assertThat(reader.open(page("read") + "/new").status()).isEqualTo(404);
      assertThat(reader.submit(page("read") + "/new", Map.of("key", "x")).status()).isEqualTo(404);
      assertThat(reader.submit(page("read") + "/" + id + "/edit", Map.of("value", "x")).status())
          .isEqualTo(404);
      assertThat(reader.submit(page("read") + "/" + id + "/delete", Map.of()).status())
          .isEqualTo(404);
      assertThat(listed(workspace, "value")).containsExactly("3");
    }

    @Test
    void tells_who_may_read_no_variables_so() {
      String workspace = server.workspace("closed");
      add(workspace, "{\"key\":\"size\",\"value\":\"3\",\"category\":\"terraform\"}");
      Browser stranger =
          server.member("carl", workspace, "{\"access\":\"custom\",\"runs\":\"read\"}");

      Answer shown = stranger.open(page("closed"));

      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.text()).contains("not for you to see").doesNotContain("size");
    }
  }

  @Nested
  class A_variable {
    @Test
    void is_added_with_all_of_its_lines() {
      String workspace = server.workspace("added");

      Answer made =
          alice.submit(
              page("added") + "/new",
              Map.of(
                  "key", "key", "value", "  first\r\nlast\r\n", "category", "env", "hcl", "false"));

      assertThat(made.header("Location")).contains(page("added"));
      assertThat(listed(workspace, "value")).containsExactly("  first\nlast\n");
      assertThat(listed(workspace, "category")).containsExactly("env");
      assertThat(alice.open(page("added")).text()).contains("The variable key is there.");
    }

    @Test
    void is_refused_at_its_fields_and_never_sends_a_secret_back() {
      String workspace = server.workspace("refused");

      Answer refused =
          alice.submit(
              page("refused") + "/new",
              Map.of("key", "a b", "value", SECRET, "category", "env", "sensitive", "true"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("Key must have no spaces", "value=\"a b\"", "Type the value again")
          .doesNotContain(SECRET);
      assertThat(listed(workspace, "key")).isEmpty();
    }

    @Test
    void is_edited_in_the_form_that_has_what_it_is() {
      String workspace = server.workspace("edited");
      String id =
          add(workspace, "{\"key\":\"size\",\"value\":\"\\n<3\",\"category\":\"terraform\"}");
      String edit = page("edited") + "/" + id + "/edit";

      String form = alice.open(edit).text();
      Answer saved =
          alice.submit(
              edit, Map.of("key", "width", "value", "4", "description", "d", "hcl", "true"));

      assertThat(form).contains("value=\"size\"", "aria-describedby=\"value-help\">\n\n&lt;3<");
      assertThat(saved.status()).isEqualTo(303);
      assertThat(listed(workspace, "key")).containsExactly("width");
      assertThat(listed(workspace, "value")).containsExactly("4");
      assertThat(listed(workspace, "hcl")).containsExactly("true");
    }

    @Test
    void that_is_sensitive_keeps_its_value_unless_another_is_given() {
      String workspace = server.workspace("kept");
      String id =
          add(
              workspace,
              "{\"key\":\"T\",\"value\":\"%s\",\"category\":\"env\",\"sensitive\":true}"
                  .formatted(SECRET));
      String edit = page("kept") + "/" + id + "/edit";

      String form = alice.open(edit).text();
      Answer saved = alice.submit(edit, Map.of("key", "T", "value", "", "description", "new"));
      Answer renamed = alice.submit(edit, Map.of("key", "U", "value", "other-secret"));

      assertThat(form).doesNotContain(SECRET).contains("Leave this empty to keep it.");
      assertThat(saved.status()).isEqualTo(303);
      assertThat(listed(workspace, "description")).containsExactly("new");
      assertThat(renamed.status()).isEqualTo(422);
      assertThat(renamed.text())
          .contains("Key of a sensitive variable cannot be changed")
          .doesNotContain("other-secret");
    }

    @Test
    void of_another_workspace_is_not_there() {
      String workspace = server.workspace("one");
      server.workspace("other");
      String id = add(workspace, "{\"key\":\"size\",\"value\":\"3\",\"category\":\"terraform\"}");

      assertThat(alice.open(page("other") + "/" + id + "/edit").status()).isEqualTo(404);
      assertThat(alice.submit(page("other") + "/" + id + "/delete", Map.of()).status())
          .isEqualTo(404);
    }

    @Test
    void is_deleted_and_audited_in_the_words_of_the_api() {
      String workspace = server.workspace("deleted");
      String id = add(workspace, "{\"key\":\"size\",\"value\":\"3\",\"category\":\"terraform\"}");
      try (CapturedLog log = CapturedLog.of("io.terrarium.audit", new JsonLines())) {
        Answer gone = alice.submit(page("deleted") + "/" + id + "/delete", Map.of());

        assertThat(gone.status()).isEqualTo(303);
        assertThat(log.lines().getFirst())
            .contains("\\\"resource\\\":\\\"var\\\"", "\\\"action\\\":\\\"destroy\\\"", id, "acme");
      }
      assertThat(listed(workspace, "key")).isEmpty();
    }
  }
}
