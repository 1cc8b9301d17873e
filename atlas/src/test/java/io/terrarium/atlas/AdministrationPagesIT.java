package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What site admins see and do in the browser, and that nobody else knows of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationPagesIT {
  private static final String USERS = "/app/admin/users";
  private static final String ORGANIZATIONS = "/app/admin/organizations";
  private static final String VERSIONS = "/app/admin/terraform-versions";
  private static final String SETTINGS = "/app/admin/general-settings";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  @AutoClose private final Browser admin = Browser.signedIn(atlas, "admin");
  @AutoClose private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String location(Answer answer) {
    return answer.header("Location").orElse("");
  }

  private Answer act(String user, String action) {
    return admin.submit(USERS + "/" + server.id(user) + "/" + action, Map.of());
  }

  @Nested
  class Who_is_no_site_admin {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "users",
          "users/new",
          "organizations",
          "organizations/acme",
          "workspaces",
          "runs",
          "terraform-versions",
          "terraform-versions/new",
          "general-settings"
        })
    void finds_nothing(String page) {
      assertThat(alice.open("/app/admin/" + page).status()).isEqualTo(404);
      assertThat(admin.open("/app/admin/" + page).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "users/new",
          "users/user-1/grant_admin",
          "users/user-1/password_link",
          "users/user-1/delete",
          "organizations/acme/update",
          "organizations/acme/delete",
          "workspaces/ws-1/delete",
          "runs/run-1/force-cancel",
          "terraform-versions/new",
          "terraform-versions/tool-1/disable",
          "terraform-versions/tool-1/delete",
          "general-settings"
        })
    void changes_nothing(String page) {
      assertThat(alice.submit("/app/admin/" + page, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void is_offered_nothing() {
      assertThat(alice.open("/app").text()).doesNotContain("/app/admin");
      assertThat(admin.open("/app").text()).contains(USERS);
    }
  }

  @Nested
  class People {
    @Test
    void are_searched() {
      String found = admin.open(USERS + "?search=ANNA%40").text();

      assertThat(found).contains("anna@example.com").doesNotContain("bob@example.com");
      assertThat(admin.open(USERS + "?kind=admins").text())
          .contains("admin@example.com", "You")
          .doesNotContain("anna@example.com");
      assertThat(admin.open(USERS + "?search=%22%3E%3Cb%3E").text())
          .contains("Nobody is like that.")
          .doesNotContain("\"><b>");
    }

    @Test
    void are_shut_out_made_admins_and_deleted() {
      server.person("carl");
      Browser carl = Browser.signedIn(atlas, "carl");

      Answer suspended = act("carl", "suspend");
      int shut = carl.open("/app").status();
      String list = admin.open(USERS + "?kind=suspended").text();
      act("carl", "unsuspend");
      int stillShut = carl.open("/app").status();
      act("carl", "grant_admin");
      int asAdmin = Browser.signedIn(atlas, "carl").open(USERS).status();
      act("carl", "revoke_admin");
      Answer gone = act("carl", "delete");

      assertThat(location(suspended)).isEqualTo(USERS);
      assertThat(shut).isEqualTo(303);
      assertThat(stillShut).as("the browser of before").isEqualTo(303);
      assertThat(list).contains("carl", "Let in again");
      assertThat(asAdmin).isEqualTo(200);
      assertThat(location(gone)).isEqualTo(USERS);
      assertThat(admin.open(USERS + "?search=carl").text()).contains("Nobody is like that.");
    }

    @Test
    void stay_where_nobody_could_do_their_part() {
      String me = server.get("admin", "/account/details").id();

      Answer last = admin.submit(USERS + "/" + me + "/revoke_admin", Map.of());
      Answer owner = act("bob", "delete");
      Answer again = act("bob", "unsuspend");

      assertThat(last.status()).isEqualTo(422);
      assertThat(last.text()).contains("only administrator");
      assertThat(owner.text()).contains("only owner of beta");
      assertThat(again.text()).contains("User is not suspended.");
    }
  }

  @Test
  void a_list_that_tells_of_a_refusal_leads_to_its_own_pages() {
    String refused =
        admin.submit(USERS + "/" + server.id("bob") + "/unsuspend?page[size]=1", Map.of()).text();

    assertThat(refused).contains("User is not suspended.", "href=\"" + USERS + "?");
  }

  @Nested
  class Organizations {
    @Test
    void are_listed_and_get_limits_of_their_own() {
      Map<String, String> wanted =
          Map.of("access-beta-tools", "true", "plan-timeout", "7m", "workspace-limit", "9");

      Answer changed = admin.submit(ORGANIZATIONS + "/acme/update", wanted);
      String page = admin.open(ORGANIZATIONS + "/acme").text();
      Answer wrong = admin.submit(ORGANIZATIONS + "/acme/update", Map.of("plan-timeout", "soon"));
      admin.submit(
          ORGANIZATIONS + "/acme/update", Map.of("plan-timeout", "", "workspace-limit", ""));

      assertThat(admin.open(ORGANIZATIONS + "?search=acm").text())
          .contains(ORGANIZATIONS + "/acme")
          .doesNotContain(ORGANIZATIONS + "/beta");
      assertThat(location(changed)).isEqualTo(ORGANIZATIONS + "/acme");
      assertThat(page).contains("value=\"7m\"", "value=\"9\"");
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.text()).contains("must be a duration", "value=\"soon\"");
      Answer left = server.get("admin", "/admin/organizations/acme");
      assertThat(left.attribute("plan-timeout").isNull()).isTrue();
      assertThat(left.attribute("workspace-limit").isNull()).isTrue();
      assertThat(left.attribute("access-beta-tools").asBoolean()).isTrue();
    }

    @Test
    void are_disabled_and_deleted() {
      server.post(
          "bob",
          "/organizations",
          document("organizations", "{\"name\":\"brief\",\"email\":\"a@example.com\"}"));

      admin.submit(ORGANIZATIONS + "/brief/update", Map.of("is-disabled", "true"));
      int disabled = server.get("bob", "/organizations/brief").status();
      Answer gone = admin.submit(ORGANIZATIONS + "/brief/delete", Map.of());

      assertThat(disabled).isEqualTo(404);
      assertThat(location(gone)).isEqualTo(ORGANIZATIONS);
      assertThat(admin.open(ORGANIZATIONS + "/brief").status()).isEqualTo(404);
    }
  }

  @Nested
  class Runs_and_workspaces {
    @Test
    void are_listed_and_ended() {
      String workspace = server.readyWorkspace("busy");
      Answer run = server.run(workspace, "{}");

      String workspaces = admin.open("/app/admin/workspaces?search=busy").text();
      String status = server.get("alice", "/runs/" + run.id()).attribute("status").asText();
      String open = admin.open("/app/admin/runs?status=" + status).text();
      Answer ended =
          admin.submit("/app/admin/runs/" + run.id() + "/force-cancel", Map.of("comment", "Stop"));
      String over = admin.open("/app/admin/runs?search=" + run.id()).text();
      String history = alice.open("/app/acme/workspaces/busy/runs/" + run.id()).text();
      Answer again = admin.submit("/app/admin/runs/" + run.id() + "/force-cancel", Map.of());

      assertThat(workspaces).contains(workspace, "acme", "Plan queued");
      assertThat(open).contains(run.id(), "busy", "End by force");
      assertThat(location(ended)).isEqualTo("/app/admin/runs");
      assertThat(over)
          .contains(run.id(), "<span class=\"status \">Canceled")
          .doesNotContain("End by force");
      assertThat(history)
          .contains(
              "<strong>Canceled by force</strong> by someone outside the organization", "Stop");
      assertThat(again.status()).isEqualTo(409);
      assertThat(admin.open("/app/admin/runs?search=none").text()).contains("No run is like");
    }

    @Test
    void are_deleted() {
      String workspace = server.workspace("spare");

      Answer gone = admin.submit("/app/admin/workspaces/" + workspace + "/delete", Map.of());

      assertThat(location(gone)).isEqualTo("/app/admin/workspaces");
      assertThat(admin.open("/app/admin/workspaces?search=spare").text()).contains("None is like");
    }
  }

  @Nested
  class Versions_of_terraform {
    @Test
    void are_added_changed_disabled_and_deleted() {
      Map<String, String> own =
          Map.of(
              "version", "1.9.2-own",
              "url", "https://example.com/own.zip",
              "sha", "a".repeat(64),
              "enabled", "true");
      Answer added = admin.submit(VERSIONS + "/new", own);
      String id =
          server
              .get("admin", "/admin/terraform-versions?filter%5Bversion%5D=1.9.2-own")
              .ids()
              .getFirst();

      Answer disabled = admin.submit(VERSIONS + "/" + id + "/disable", Map.of());
      String list = admin.open(VERSIONS + "?search=own").text();
      Answer changed =
          admin.submit(
              VERSIONS + "/" + id + "/update",
              Map.of("deprecated", "true", "deprecated-reason", "<b>Old</b>"));
      String again = admin.open(VERSIONS + "/" + id).text();
      Answer gone = admin.submit(VERSIONS + "/" + id + "/delete", Map.of());

      assertThat(location(added)).isEqualTo(VERSIONS);
      assertThat(location(disabled)).isEqualTo(VERSIONS);
      assertThat(list).contains("1.9.2-own", "Disabled", "Enable<");
      assertThat(location(changed)).isEqualTo(VERSIONS);
      assertThat(again).contains("value=\"&lt;b>Old&lt;/b>\"", "https://example.com/own.zip");
      assertThat(location(gone)).isEqualTo(VERSIONS);
      assertThat(admin.open(VERSIONS + "?search=own").text()).contains("No version is like that.");
    }

    @Test
    void are_refused_with_what_is_wrong() {
      String installed = server.get("admin", "/admin/terraform-versions").ids().getFirst();

      Answer wrong = admin.submit(VERSIONS + "/new", Map.of("version", "new<b>"));
      Answer official = admin.submit(VERSIONS + "/" + installed + "/delete", Map.of());
      Answer renamed =
          admin.submit(VERSIONS + "/" + installed + "/update", Map.of("version", "no"));

      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.text()).contains("Version must be one such as", "new&lt;b");
      assertThat(official.text()).contains("An official version of Terraform cannot be removed");
      assertThat(renamed.status()).isEqualTo(422);
    }
  }

  @Nested
  class General_settings {
    @Test
    void are_changed_and_refused_at_their_fields() {
      Map<String, String> ceilings =
          Map.of(
              "limit-organizations-per-user",
              "true",
              "default-organizations-per-user-ceiling",
              "5");

      Answer changed = admin.submit(SETTINGS, ceilings);
      String page = admin.open(SETTINGS).text();
      Answer wrong = admin.submit(SETTINGS, Map.of("api-rate-limit", "1", "plan-timeout", "soon"));
      admin.submit(
          SETTINGS,
          Map.of(
              "limit-organizations-per-user",
              "false",
              "default-organizations-per-user-ceiling",
              ""));

      assertThat(location(changed)).isEqualTo(SETTINGS);
      assertThat(page).contains("value=\"5\"", "value=\"2h\"");
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.text())
          .contains("must be at least 30", "must be a duration", "value=\"soon\"");
      Answer left = server.get("admin", "/admin/general-settings");
      assertThat(left.attribute("default-organizations-per-user-ceiling").isNull()).isTrue();
      assertThat(left.attribute("api-rate-limit").asInt()).isEqualTo(30);
    }
  }
}
