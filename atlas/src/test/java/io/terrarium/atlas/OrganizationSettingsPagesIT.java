package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What people set of an organization in a browser, and its projects.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganizationSettingsPagesIT {
  private static final String PROJECTS = "/app/acme/projects";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private void organization(String name) {
    alice.submit("/app/organizations/new", Map.of("name", name, "email", "a@example.com"));
  }

  private static String general(String organization) {
    return "/app/" + organization + "/settings/general";
  }

  private Answer projects() {
    return server.get("alice", "/organizations/acme/projects?page%5Bsize%5D=100");
  }

  @Nested
  class The_settings {
    @Test
    void are_shown_and_saved() {
      organization("settled");

      String form = alice.open(general("settled")).text();
      Answer saved =
          alice.submit(
              general("settled"),
              Map.of(
                  "name", "resettled",
                  "email", "new@example.com",
                  "default-execution-mode", "local",
                  "speculative-plan-management-enabled", "false"));

      assertThat(form).contains("value=\"a@example.com\"", "Delete the organization");
      assertThat(saved.header("Location")).contains(general("resettled"));
      Answer after = server.get("alice", "/organizations/resettled");
      assertThat(after.attribute("email").asText()).isEqualTo("new@example.com");
      assertThat(after.attribute("default-execution-mode").asText()).isEqualTo("local");
      assertThat(after.attribute("speculative-plan-management-enabled").asBoolean()).isFalse();
      assertThat(after.attribute("aggregated-commit-status-enabled").asBoolean()).isTrue();
    }

    @Test
    void are_refused_beside_what_was_typed() {
      Answer refused = alice.submit(general("acme"), Map.of("name", "acme", "email", "<nobody>"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("Email must be an e-mail address", "value=\"&lt;nobody>\"");
    }

    @Test
    void are_for_members_to_read() {
      Browser reader = server.member("rita", server.workspace("seen"), "{\"access\":\"read\"}");

      Answer shown = reader.open(general("acme"));
      Answer sent = reader.submit(general("acme"), Map.of("name", "mine", "email", "a@b.c"));
      Answer deleted = reader.submit("/app/acme/delete", Map.of("confirmation", "acme"));

      assertThat(shown.text())
          .contains("You may read these settings.")
          .doesNotContain("Delete the organization");
      assertThat(sent.status()).isEqualTo(404);
      assertThat(deleted.status()).isEqualTo(404);
    }
  }

  @Test
  void an_organization_ends_for_who_types_its_name() {
    organization("ending");

    Answer mistyped = alice.submit("/app/ending/delete", Map.of("confirmation", "Ending"));
    int isThere = server.get("alice", "/organizations/ending").status();
    Answer gone = alice.submit("/app/ending/delete", Map.of("confirmation", "ending"));

    assertThat(mistyped.status()).isEqualTo(422);
    assertThat(mistyped.text()).contains("Type the name of the organization");
    assertThat(isThere).isEqualTo(200);
    assertThat(gone.header("Location")).contains("/app");
    assertThat(server.get("alice", "/organizations/ending").status()).isEqualTo(404);
  }

  @Nested
  class A_project {
    @Test
    void is_made_listed_edited_and_deleted() {
      Answer made =
          alice.submit(
              PROJECTS + "/new",
              Map.of("name", "Water", "description", "<pipes>", "default-execution-mode", "local"));
      String list = alice.open(PROJECTS + "?search=wat").text();
      String id = server.get("alice", "/organizations/acme/projects?q=Water").ids().getFirst();
      String form = alice.open(PROJECTS + "/" + id + "/edit").text();
      Answer saved =
          alice.submit(
              PROJECTS + "/" + id + "/edit",
              Map.of("name", "Fire", "description", "", "default-execution-mode", ""));
      Answer after = server.get("alice", "/projects/" + id);
      Answer gone = alice.submit(PROJECTS + "/" + id + "/delete", Map.of());

      assertThat(made.header("Location")).contains(PROJECTS);
      assertThat(list)
          .contains("Water", "&lt;pipes&gt;", "local")
          .doesNotContain("Default Project");
      assertThat(form).contains("value=\"Water\"").containsPattern("value=\"local\" selected");
      assertThat(saved.status()).isEqualTo(303);
      assertThat(after.attribute("name").asText()).isEqualTo("Fire");
      assertThat(after.attribute("default-execution-mode").asText()).isEqualTo("remote");
      assertThat(gone.status()).isEqualTo(303);
      assertThat(projects().names()).doesNotContain("Fire");
    }

    @Test
    void is_refused_beside_what_was_typed() {
      Answer refused = alice.submit(PROJECTS + "/new", Map.of("name", "no", "description", "d<"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("Name must have 3 to 40", "value=\"no\"", "d&lt;");
    }

    @Test
    void is_not_deleted_where_it_is_the_default_or_by_who_may_not() {
      String id = projects().ids().get(projects().names().indexOf("Default Project"));
      Browser reader = server.member("rosa", server.workspace("other"), "{\"access\":\"read\"}");

      Answer refused = alice.submit(PROJECTS + "/" + id + "/delete", Map.of());

      assertThat(refused.status()).isEqualTo(403);
      assertThat(reader.open(PROJECTS).text())
          .contains("Default Project")
          .doesNotContain("New project")
          .doesNotContain("Edit");
      assertThat(reader.open(PROJECTS + "/new").status()).isEqualTo(404);
      assertThat(reader.submit(PROJECTS + "/new", Map.of("name", "Mine")).status()).isEqualTo(404);
      assertThat(reader.open(PROJECTS + "/" + id + "/edit").status()).isEqualTo(404);
      assertThat(reader.submit(PROJECTS + "/" + id + "/delete", Map.of()).status()).isEqualTo(404);
    }
  }
}
