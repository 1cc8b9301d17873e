package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people set of a workspace in a browser: its settings, its lock, its end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspaceSettingsPagesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String one(String workspace) {
    return "/app/acme/workspaces/" + workspace;
  }

  private Answer workspace(String name) {
    return server.get("alice", "/organizations/acme/workspaces/" + name);
  }

  @Nested
  class The_general_settings {
    private final Map<String, String> fields =
        new HashMap<>(
            Map.of(
                "description", "for <all>",
                "execution-mode", "local",
                "terraform-version", "1.10.5",
                "working-directory", "live/eu",
                "auto-apply", "true",
                "auto-apply-run-trigger", "true",
                "global-remote-state", "true",
                "structured-run-output-enabled", "false"));

    @Test
    void are_shown_and_saved() {
      server.workspace("general");
      String project = server.project("Networks");
      fields.put("name", "renamed");
      fields.put("relationships.project", project);

      String form = alice.open(one("general") + "/settings/general").text();
      Answer saved = alice.submit(one("general") + "/settings/general", fields);

      assertThat(form).contains("value=\"general\"", "Networks", "As project and organization");
      assertThat(saved.header("Location")).contains(one("renamed") + "/settings/general");
      Answer after = workspace("renamed");
      assertThat(after.attribute("description").asText()).isEqualTo("for <all>");
      assertThat(after.attribute("execution-mode").asText()).isEqualTo("local");
      assertThat(after.attribute("terraform-version").asText()).isEqualTo("1.10.5");
      assertThat(after.attribute("working-directory").asText()).isEqualTo("live/eu");
      assertThat(after.attribute("auto-apply").asBoolean()).isTrue();
      assertThat(after.attribute("auto-apply-run-trigger").asBoolean()).isTrue();
      assertThat(after.attribute("global-remote-state").asBoolean()).isTrue();
      assertThat(after.attribute("structured-run-output-enabled").asBoolean()).isFalse();
      assertThat(after.related("project")).isEqualTo(project);
      assertThat(alice.open(one("renamed") + "/settings/general").text())
          .contains("for &lt;all&gt;", "The settings are saved.");
    }

    @Test
    void may_have_the_execution_mode_of_the_organization_again() {
      String id = server.workspace("moded");
      server.send(
          "alice",
          "PATCH",
          "/workspaces/" + id,
          document("workspaces", "{\"execution-mode\":\"local\"}"));
      fields.put("name", "moded");
      fields.put("execution-mode", "");

      Answer saved = alice.submit(one("moded") + "/settings/general", fields);

      assertThat(saved.status()).isEqualTo(303);
      assertThat(workspace("moded").attribute("execution-mode").asText()).isEqualTo("remote");
    }

    @Test
    void are_shown_again_with_what_is_wrong_where_it_is() {
      server.workspace("wrong");
      fields.put("name", "no name");
      fields.put("terraform-version", "newest");

      Answer refused = alice.submit(one("wrong") + "/settings/general", fields);

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("Name must have at most 90", "value=\"no name\"", "Terraform version must be")
          .contains("live/eu");
      assertThat(workspace("wrong").attribute("working-directory").asText()).isEmpty();
    }

    @Test
    void are_for_readers_to_read() {
      String id = server.workspace("readable");
      Browser reader = server.member("rita", id, "{\"access\":\"read\"}");
      fields.put("name", "mine");

      Answer shown = reader.open(one("readable") + "/settings/general");
      Answer sent = reader.submit(one("readable") + "/settings/general", fields);

      assertThat(shown.text())
          .contains("You may read these settings.", "disabled")
          .doesNotContain("Destruction and deletion")
          .doesNotContain("<button class=\"primary\">Save");
      assertThat(sent.status()).isEqualTo(404);
      assertThat(reader.open(one("readable") + "/settings/delete").status()).isEqualTo(404);
      assertThat(reader.open(one("readable") + "/settings/version-control").status())
          .isEqualTo(404);
      assertThat(reader.submit(one("readable") + "/lock", Map.of()).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_lock {
    @Test
    void is_taken_with_a_reason_and_given_back() {
      server.workspace("locked");

      Answer taken = alice.submit(one("locked") + "/lock", Map.of("reason", "We <move> house"));
      String lock = alice.open(one("locked") + "/settings/lock").text();
      String overview = alice.open(one("locked")).text();
      Answer back = alice.submit(one("locked") + "/unlock", Map.of());

      assertThat(taken.header("Location")).contains(one("locked") + "/settings/lock");
      assertThat(lock).contains("by you", "We &lt;move&gt; house", "Unlock the workspace");
      assertThat(overview).contains("by you", "We &lt;move&gt; house");
      assertThat(back.status()).isEqualTo(303);
      assertThat(workspace("locked").attribute("locked").asBoolean()).isFalse();
    }

    @Test
    void of_somebody_else_is_taken_away_by_force_alone() {
      String id = server.workspace("forced");
      server.post("anna", "/workspaces/" + id + "/actions/lock", "{\"reason\":\"mine\"}");

      String lock = alice.open(one("forced") + "/settings/lock").text();
      Answer refused = alice.submit(one("forced") + "/unlock", Map.of());
      Answer forced = alice.submit(one("forced") + "/force-unlock", Map.of());

      assertThat(lock).contains("by anna: mine", "Unlock by force").doesNotContain("Unlock the w");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(forced.status()).isEqualTo(303);
      assertThat(workspace("forced").attribute("locked").asBoolean()).isFalse();
    }
  }

  @Nested
  class The_end {
    @ParameterizedTest
    @ValueSource(strings = {"delete", "safe-delete"})
    void comes_for_who_types_the_name(String action) {
      server.workspace("end-" + action);

      Answer mistyped = alice.submit(one("end-" + action) + "/" + action, Map.of());
      boolean isThere = workspace("end-" + action).status() == 200;
      Answer gone =
          alice.submit(
              one("end-" + action) + "/" + action, Map.of("confirmation", "end-" + action));

      assertThat(mistyped.status()).isEqualTo(422);
      assertThat(mistyped.text()).contains("Type the name of the workspace");
      assertThat(isThere).isTrue();
      assertThat(gone.header("Location")).contains("/app/acme/workspaces");
      assertThat(workspace("end-" + action).status()).isEqualTo(404);
    }

    @Test
    void does_not_come_safely_while_somebody_holds_the_workspace() {
      server.workspace("held");
      alice.submit(one("held") + "/lock", Map.of());

      Answer refused = alice.submit(one("held") + "/safe-delete", Map.of("confirmation", "held"));

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text()).contains("while it is locked", "Destroy infrastructure");
      assertThat(workspace("held").status()).isEqualTo(200);
    }

    @Test
    void of_the_infrastructure_begins_with_a_plan_that_can_be_forbidden() {
      server.workspace("planned");
      String page = one("planned") + "/settings/delete";

      String before = alice.open(page).text();
      Answer saved = alice.submit(page, Map.of("allow-destroy-plan", "false"));
      String after = alice.open(page).text();

      assertThat(before).contains("runs/new?operation=destroy");
      assertThat(saved.status()).isEqualTo(303);
      assertThat(workspace("planned").attribute("allow-destroy-plan").asBoolean()).isFalse();
      assertThat(after).doesNotContain("runs/new?operation=destroy");
    }
  }
}
