package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// People come into an organization, and get rights by their teams, in a browser.
@Tag("long")
class BrowserTeamsIT {
  @RegisterExtension private static final Desk desk = new Desk("peopled");

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  private void makeTeam(String name) {
    window.open(desk.page("workspaces"));
    window.go("Teams");
    window.follow("New team");
    window.type("Name", name);
    window.press("Make the team");
    window.says("The team is there. Put people in, and say what it may do.");
  }

  private void invite(String address, String team) {
    window.go("Members");
    window.follow("Invite somebody");
    window.type("E-mail address", address);
    window.tick(team, true);
    window.shoot("member-new-filled");
    window.press("Invite");
  }

  @Test
  void somebody_is_invited_into_a_team_and_taken_out_again() {
    makeTeam("Newcomers");
    invite("grace@example.com", "Newcomers");
    window.shows("grace@example.com is invited. No mail is sent");
    PlaywrightAssertions.assertThat(window.row("grace")).containsText("Invited");

    desk.stage().backstage().person("grace");

    Window theirs = desk.signedIn("grace");
    theirs.follow("peopled");
    theirs.go("Teams");
    theirs.follow("Newcomers");
    theirs.shows("No more than all members.");
    window.open(desk.page("settings/users?search=grace"));
    PlaywrightAssertions.assertThat(window.row("grace")).containsText("Active");
    window.unfold(window.row("grace"), "Remove grace");
    window.shoot("member-to-be-removed");
    window.press("Remove from the organization");
    window.says(
        "grace@example.com does not belong to the organization any more, nor to its teams.");
  }

  @Test
  void a_team_gets_members_rights_and_an_end() {
    desk.stage().backstage().person("heidi");
    makeTeam("Publishers");
    window.type("Add somebody", "nobody-at-all");
    window.press("Add");
    window.objects("Nobody has that username");
    window.type("Add somebody", "heidi");
    window.press("Add");
    window.says("heidi is in the team.");
    window.pick("Visible");
    window.tick("Manage modules", true);
    window.press("Save");
    window.says("The team is saved.");
    window.shoot("team-filled");

    Window theirs = desk.signedIn("heidi");
    theirs.open(desk.page("registry/private/modules"));
    theirs.showsHeading("Modules");

    window.press("Remove heidi from the team");
    window.says("The team has one member less.");
    window.shows("Nobody is in it yet.");
    window.unfold(window.card("Delete the team"), "Delete the team");
    window.press("Delete Publishers for good");
    window.says("The team Publishers is deleted. Its members stay in the organization.");
  }

  @Test
  void a_team_gets_access_to_a_workspace() {
    desk.makeWorkspace("shared");
    desk.stage().backstage().person("ivan");
    makeTeam("Onlookers");
    window.type("Add somebody", "ivan");
    window.press("Add");
    Window theirs = desk.signedIn("ivan");
    theirs.open(desk.page("shared", ""));
    theirs.showsHeading("Nothing here");
    theirs.forget();

    window.open(desk.page("shared", "settings/general"));
    window.follow("Team access");
    window.follow("Add a team");
    window.choose("Team", "Onlookers");
    window.pick("Read");
    window.press("Give access");

    window.says("The team has access to the workspace.");
    window.shoot("workspace-access-given");
    theirs.open(desk.page("shared", "").replaceFirst("/$", ""));
    theirs.showsHeading("shared");
    window.follow("Change the access of Onlookers");
    window.pick("Custom");
    window.unfold(window.page().locator("main"), "What custom access allows");
    window.choose("Runs", "See and start them");
    window.shoot("workspace-access-custom");
    window.press("Save");
    window.says("The access of the team is changed.");
    assertThat(
            desk.asked(
                    "team-workspaces?filter%5Bworkspace%5D%5Bid%5D="
                        + desk.site().workspaceId("peopled", "shared"))
                .data()
                .at("/0/attributes/runs")
                .asText())
        .isEqualTo("plan");
    window.unfold(window.row("Onlookers"), "Remove Onlookers");
    window.press("Take the access away");
    window.shows("No team has access of its own yet");
  }
}
