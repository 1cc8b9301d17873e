package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The settings, projects and tokens of an organization in a browser.
@Tag("long")
class BrowserOrganizationIT {
  @RegisterExtension private static final Desk desk = new Desk("organization");

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  /// Who comes with the token that the page shows.
  private ApiClient withMadeToken() {
    window.shows("shown this once");
    return desk.site().api().as(window.page().locator("#made-token").textContent());
  }

  private static int status(ApiClient client) {
    return client.get("/api/v2/organizations/organization/workspaces").status();
  }

  @Test
  void its_settings_are_changed() {
    desk.site().organization("before");
    window.open("/app/before/settings/general");
    window.type("Name", "afterwards");
    window.type("E-mail address", "team@example.com");
    window.choose("Default execution mode", "Local: only states are kept here");
    window.tick("One status for all workspaces of a commit", false);

    window.press("Save");

    window.says("The settings are saved.");
    window.shoot("organization-general-changed");
    JsonNode changed = desk.asked("organizations/afterwards").data().path("attributes");
    assertThat(changed.path("email").asText()).isEqualTo("team@example.com");
    assertThat(changed.path("default-execution-mode").asText()).isEqualTo("local");
    assertThat(changed.path("aggregated-commit-status-enabled").asBoolean()).isFalse();
  }

  @Test
  void it_keeps_its_name_where_another_has_that() {
    window.open("/app/organizations/new");
    window.type("Name", "organization");
    window.type("E-mail address", "team@example.com");

    window.press("Make the organization");

    window.objects("has already been taken");
    window.shoot("organization-new-refused");
  }

  @Test
  void it_is_deleted_by_who_types_its_name() {
    desk.site().organization("unwanted");
    window.open("/app/unwanted/settings/general");
    window.type("Type unwanted to delete it", "wanted");
    window.press("Delete the organization");
    window.objects("Type the name of the organization, which is unwanted");
    window.type("Type unwanted to delete it", "unwanted");

    window.press("Delete the organization");

    window.says("The organization unwanted was deleted.");
    assertThat(desk.site().api().get("/api/v2/organizations/unwanted").status()).isEqualTo(404);
  }

  @Test
  void a_project_is_made_changed_and_deleted() {
    window.open(desk.page("projects"));
    window.follow("New project");
    window.type("Name", "x");
    window.press("Make the project");
    window.objects("Name must have 3 to 40 letters");
    window.type("Name", "Operations");
    window.type("Description", "What keeps the rest alive");
    window.press("Make the project");
    window.says("The project Operations is there.");
    window.follow("Edit Operations");
    window.type("Name", "Basics");
    window.choose("Execution mode of its workspaces", "Local: only states are kept here");
    window.press("Save");
    window.says("The project is saved.");
    PlaywrightAssertions.assertThat(window.row("Basics")).containsText("local");
    window.shoot("project-changed");

    window.press("Delete Basics");

    window.says("The project Basics was deleted.");
  }

  @Test
  void its_token_is_made_replaced_and_deleted() {
    window.open(desk.page("settings/authentication-tokens"));
    window.press("Make a token of the organization");
    ApiClient first = withMadeToken();
    assertThat(status(first)).isEqualTo(200);
    window.shoot("organization-token-made");
    window.open(desk.page("settings/authentication-tokens"));
    window.showsNot("shown this once");
    window.unfold(window.card("Of the organization"), "Replace");
    window.press("Make another one");
    ApiClient second = withMadeToken();
    assertThat(status(first)).isEqualTo(401);
    assertThat(status(second)).isEqualTo(200);
    window.unfold(window.card("Of the organization"), "Delete");

    window.press("Delete for good");

    window.says("The token is deleted. Whoever has it is not let in any more.");
    assertThat(status(second)).isEqualTo(401);
  }

  @Test
  void a_token_of_a_team_is_made_and_deleted() {
    desk.make(
        "teams",
        "teams",
        "{\"name\":\"robots\",\"organization-access\":{\"manage-workspaces\":true}}");
    window.open(desk.page("settings/authentication-tokens"));
    window.choose("Team", "robots");
    window.type("What it is for", "The pipeline");
    window.press("Make a token of the team");
    ApiClient robot = withMadeToken();
    assertThat(status(robot)).isEqualTo(200);
    window.shoot("team-token-made");
    PlaywrightAssertions.assertThat(window.row("The pipeline")).containsText("robots");
    window.unfold(window.row("The pipeline"), "Delete");

    window.pressIn(window.row("The pipeline"), "Delete for good");

    window.says("The token is deleted. Whoever has it is not let in any more.");
    assertThat(status(robot)).isEqualTo(401);
  }
}
