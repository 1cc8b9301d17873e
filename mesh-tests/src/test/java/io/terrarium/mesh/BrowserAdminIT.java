package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What site admins do in a browser.
@Tag("long")
class BrowserAdminIT {
  @RegisterExtension private static final Desk desk = new Desk("administered");

  private static final String SITE = "/api/v2/admin/";
  private static final String LONG_PLAN =
      "{\"plan\":{\"log\":[\"Thinking\",\"Done\"],\"duration_ms\":600000}}";

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  private void search(String page, String label, String text) {
    window.open("/app/admin/" + page);
    window.type(label, text);
    window.press("Search");
  }

  /// Opens what may be done with a person, who is alone in the list then.
  private void change(String person) {
    search("users", "Search users", person);
    window.row(person).locator("summary").first().click();
  }

  private void act(String person, String action) {
    change(person);
    window.press(action);
  }

  @Test
  void a_person_is_shut_out_and_let_in_again() {
    desk.stage().backstage().person("mallory");
    Window theirs = desk.signedIn("mallory");

    act("mallory", "Suspend");

    window.says("mallory is suspended. Their tokens work no more.");
    theirs.open("/app");
    theirs.showsHeading("Sign in");
    window.open("/app/admin/users");
    window.choose("Which users", "Suspended");
    window.press("Search");
    PlaywrightAssertions.assertThat(window.row("mallory")).containsText("Suspended");
    window.shoot("admin-user-suspended");
    act("mallory", "Let in again");
    window.says("mallory is let in again.");
    theirs.open("/app");
    theirs.showsHeading("Sign in");
    theirs.signIn("mallory", Site.PASSWORD);
    theirs.showsHeading("Organizations");
  }

  @Test
  void a_person_gets_an_account_and_chooses_a_password() {
    window.open("/app/admin/users");
    window.follow("New user");
    window.type("Username", "peggy");
    window.type("E-mail address", "admin@example.com");
    window.shoot("admin-user-new");
    window.press("Make the account");
    window.objects("Email has already been taken");
    window.type("E-mail address", "peggy@example.com");
    window.press("Make the account");
    window.shows("The link is made");
    window.shoot("admin-user-link");

    Window theirs = desk.stranger();
    theirs.page().navigate(window.page().locator("#password-link").innerText());
    theirs.showsHeading("Choose your password");
    theirs.type("Password", "battery staple");
    theirs.type("The password again", "battery stable");
    theirs.press("Sign in");
    theirs.objects("Password confirmation is not the same");
    theirs.shoot("choose-a-password");
    theirs.type("Password", "battery staple");
    theirs.type("The password again", "battery staple");
    theirs.press("Sign in");

    theirs.showsHeading("Organizations");
  }

  @Test
  void a_lost_password_is_replaced() {
    desk.stage().backstage().person("dave");
    act("dave", "Make a password link");

    window.showsHeading("Password link of dave");
  }

  @Test
  void a_person_becomes_a_site_admin_and_is_one_no_more() {
    desk.stage().backstage().person("trent");
    Window theirs = desk.signedIn("trent");

    act("trent", "Make a site admin");

    window.says("trent is a site admin now.");
    theirs.open("/app");
    theirs.go("Admin");
    theirs.showsHeading("Users");
    act("trent", "Take the administration away");
    window.says("trent is no site admin any more.");
    theirs.open("/app");
    PlaywrightAssertions.assertThat(theirs.page().getByText("Admin")).hasCount(0);
  }

  @Test
  void the_last_site_admin_stays() {
    search("users", "Search users", "admin@example.com");
    window.unfold(window.row("You"), "Change admin");
    window.press("Take the administration away");

    window.objects("only administrator");
    window.shoot("admin-user-refused");
  }

  @Test
  void an_account_is_deleted() {
    desk.stage().backstage().person("oscar");
    change("oscar");
    window.unfold(window.row("oscar"), "Delete");
    window.shoot("admin-user-to-be-deleted");

    window.press("Delete for good");

    window.says("The account is gone. What its person has done stays.");
    search("users", "Search users", "oscar");
    window.shows("Nobody is like that.");
  }

  @Test
  void an_organization_gets_limits_of_its_own() {
    desk.site().organization("limited");
    search("organizations", "Search organizations", "limited");
    window.follow("limited");
    window.type("Longest time of a plan", "soon");
    window.press("Save");
    window.objects("Plan timeout must be a duration");
    window.type("Longest time of a plan", "45m");
    window.type("Most workspaces", "1");

    window.press("Save");

    window.says("limited is changed.");
    window.shoot("admin-organization-changed");
    desk.site().workspace("limited", "first");
    window.open("/app/limited/workspaces/new");
    window.type("Name", "second");
    window.press("Make the workspace");
    window.objects("The organization has as many workspaces as are allowed: 1.");
    window.shoot("workspace-new-limit");
  }

  @Test
  void an_organization_is_disabled() {
    desk.site().organization("disabled");
    window.open("/app/admin/organizations/disabled");
    window.tick("Disabled", true);

    window.press("Save");

    window.says("disabled is changed.");
    search("organizations", "Search organizations", "disabled");
    PlaywrightAssertions.assertThat(window.row("disabled")).containsText("Disabled");
    assertThat(desk.site().api().get("/api/v2/organizations/disabled/workspaces").status())
        .isGreaterThanOrEqualTo(400);
  }

  @Test
  void an_organization_is_deleted() {
    desk.site().organization("doomed");
    window.open("/app/admin/organizations/doomed");
    window.unfold(window.card("Its workspaces go with it"), "Delete the organization");

    window.press("Delete doomed for good");

    window.says("The organization doomed is gone.");
    assertThat(desk.site().api().get("/api/v2/organizations/doomed").status()).isEqualTo(404);
  }

  @Test
  void a_workspace_is_deleted() {
    String id = desk.makeWorkspace("forgotten");
    search("workspaces", "Search workspaces", "forgotten");
    window.unfold(window.row("forgotten"), "Delete");
    window.shoot("admin-workspace-to-be-deleted");

    window.press("Delete for good");

    window.says("The workspace forgotten of administered is gone.");
    assertThat(desk.site().api().get("/api/v2/workspaces/" + id).status()).isEqualTo(404);
  }

  @Test
  void a_run_is_ended_by_force() {
    String run = desk.site().queueRun(desk.scripted("stuck", LONG_PLAN));
    desk.site().awaitStatus(run, "planning");
    search("runs", "Search runs", run);
    window.unfold(window.row(run), "End by force");
    window.type("Comment", "It hangs");
    window.shoot("admin-run-to-be-ended");

    window.press("End it");

    window.says("The run " + run + " is ended.");
    assertThat(desk.site().status(run)).isEqualTo("canceled");
    window.open(desk.page("stuck", "runs/" + run));
    window.shows("It hangs");
  }

  @Test
  void a_version_of_terraform_is_added_changed_disabled_and_deleted() {
    window.open("/app/admin/terraform-versions");
    window.follow("Add a version");
    window.type("Version", "soon");
    window.press("Save");
    window.objects("Version must be one such as 1.9.2");
    window.type("Version", "1.10.99-bundle");
    window.type("Archive", "https://example.com/terraform.zip");
    window.type("SHA-256 of the archive", "ab".repeat(32));
    window.press("Save");
    window.says("Terraform 1.10.99-bundle is added.");
    window.follow("1.10.99-bundle");
    window.tick("Deprecated", true);
    window.type("Why it is deprecated", "It was never any good");
    window.press("Save");
    window.says("Terraform 1.10.99-bundle is changed.");
    window.shows("It was never any good");
    window.shoot("admin-terraform-version-deprecated");
    window.press("Disable 1.10.99-bundle");
    window.says("Workspaces may choose Terraform 1.10.99-bundle no more.");
    desk.makeWorkspace("old-fashioned");
    window.open(desk.page("old-fashioned", "settings/general"));
    window.type("Terraform version", "1.10.99-bundle");
    window.press("Save");
    window.objects("Terraform version");
    search("terraform-versions", "Search versions", "1.10.99");
    window.press("Enable 1.10.99-bundle");
    window.says("Workspaces may use Terraform 1.10.99-bundle again.");
    window.unfold(window.row("1.10.99-bundle"), "Delete");

    window.press("Delete 1.10.99-bundle for good");

    window.says("The version is gone.");
  }

  @Test
  void the_general_settings_are_changed() {
    window.open("/app/admin/general-settings");
    window.type("Longest time of a plan", "for ever");
    window.press("Save");
    window.objects("Nothing was changed. Look at the fields below.");
    window.shoot("admin-general-settings-refused");
    window.type("Longest time of a plan", "90m");

    window.press("Save");

    window.says("The settings are changed.");
    JsonNode changed = desk.site().api().get(SITE + "general-settings").data().path("attributes");
    assertThat(changed.path("plan-timeout").asText()).isEqualTo("1h30m");
    assertThat(changed.path("api-rate-limiting-enabled").asBoolean()).isFalse();
  }
}
