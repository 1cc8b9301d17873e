package io.terrarium.mesh;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.terrarium.terrarium.Mesh;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// All that a person does with a workspace, in a browser, from the first account of a new site to
/// the deletion of the workspace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserLifecycleIT {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String SECRET = "nobody-may-ever-read-this";
  private static final String WORKSPACE = "/app/acme/workspaces/network";
  private static final String CONFIGURATION =
      """
      variable "greeting" {
        type = string
      }
      variable "password" {
        type      = string
        sensitive = true
      }
      resource "terraform_data" "network" {
        input = var.greeting
      }
      resource "terraform_data" "secret" {
        triggers_replace = var.password
      }
      output "greeting" {
        value = terraform_data.network.output
      }
      """;

  @AutoClose private Mesh mesh;
  @AutoClose private Chromium chromium;
  @AutoClose private Window window;
  private Path directory;
  private Page page;

  @BeforeAll
  void start(@TempDir Path temporary) {
    Chromium.assumeInstalled();
    directory = temporary;
    mesh = MeshFixture.withoutAdmin(temporary);
    chromium = new Chromium();
    window = chromium.window(mesh.publicUrl());
    page = window.page();
  }

  @Test
  void a_workspace_lives_and_ends_in_the_browser() {
    makeTheFirstAdmin();
    signOutAndIn();
    makeAnOrganization();
    makeAWorkspace();
    upload(makeAToken());
    addVariables();
    lockAndUnlock();
    startARun();
    confirmTheRun();
    followItsWay();
    lookAtTheMesh();
    destroyEverything();
    deleteTheWorkspace();
    window.assertNothingWentWrong();
  }

  private void makeTheFirstAdmin() {
    window.open("/app");
    window.shows("Nobody has an account here yet");
    shoot("sign-in-new-site");
    String iact = new ApiClient(mesh.httpUrl(), "").get("/admin/retrieve-iact").text().strip();
    window.open("/admin/account/new?token=" + iact);
    window.type("Username", "ada");
    window.type("E-mail address", "ada@example.com");
    window.type("Password", PASSWORD);
    window.type("The password again", PASSWORD);
    shoot("first-admin");
    window.press("Make the admin");
    window.showsHeading("Organizations");
    shoot("organizations-empty");
  }

  private void signOutAndIn() {
    window.press("Sign out");
    window.showsHeading("Sign in");
    shoot("sign-in");
    window.signIn("ada", PASSWORD);
    window.showsHeading("Organizations");
  }

  private void makeAnOrganization() {
    window.follow("New organization");
    window.type("Name", "acme");
    window.type("E-mail address", "ada@example.com");
    shoot("organization-new");
    window.press("Make the organization");
    window.showsHeading("Workspaces");
    shoot("workspaces-empty");
  }

  private void makeAWorkspace() {
    window.follow("New workspace");
    window.showsHeading("New workspace");
    window.type("Name", "network");
    window.type("Description", "The network of the office");
    shoot("workspace-new");
    window.press("Make the workspace");
    window.showsHeading("network");
    shoot("workspace-without-runs");
  }

  private String makeAToken() {
    window.open("/app/settings/tokens");
    window.type("What it is for", "The first configuration");
    window.press("Make a token");
    window.shows("shown this once");
    return page.locator("#made-token").textContent();
  }

  private void upload(String token) {
    URI https = mesh.publicUrl();
    Site site =
        new Site(directory, https.getRawAuthority(), mesh.httpUrl(), mesh.caBundle(), token);
    site.upload(site.workspaceId("acme", "network"), Slugs.of("main.tf", CONFIGURATION));
  }

  private void addVariables() {
    addVariable("greeting", "good day", false);
    addVariable("password", SECRET, true);
    window.shows("Sensitive – write only");
    shoot("variables");
  }

  private void addVariable(String key, String value, boolean isSensitive) {
    window.open(WORKSPACE + "/variables");
    window.follow("Add a variable");
    window.type("Key", key);
    window.type("Value", value);
    page.getByRole(
            AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Sensitive").setExact(true))
        .setChecked(isSensitive);
    window.press("Add the variable");
    window.shows("The variable " + key + " is there.");
  }

  private void lockAndUnlock() {
    window.open(WORKSPACE + "/settings/lock");
    window.type("Reason", "Only for a moment");
    window.press("Lock the workspace");
    window.shows("Locked by you: Only for a moment");
    shoot("workspace-locked");
    window.press("Unlock the workspace");
    window.shows("The workspace is not locked.");
  }

  private void startARun() {
    window.open(WORKSPACE);
    window.follow("New run");
    window.type("Reason", "The first network");
    shoot("run-new");
    window.press("Start the run");
    window.showsHeading("The first network");
    remember();
    showsStatus("Needs confirmation");
    Locator plan = page.locator(".plan");
    assertThat(plan.locator("details.resource")).hasCount(2);
    assertThat(plan).containsText("terraform_data.network");
    assertThat(plan).containsText("\"good day\"");
    assertThat(plan).containsText("(sensitive)");
    page.locator("details.fold summary").first().click();
    assertThat(page.locator(".log").first()).containsText("2 to add, 0 to change, 0 to destroy");
    hasNotBeenLoadedAnew();
    shoot("run-needs-confirmation");
  }

  private void confirmTheRun() {
    window.press("Confirm and apply");
    window.shows("The plan is confirmed.");
    remember();
    showsStatus("Applied");
    assertThat(page.locator(".log").last()).containsText("Apply complete! Resources: 2 added");
    hasNotBeenLoadedAnew();
    shoot("run-applied");
  }

  private void followItsWay() {
    window.follow("Its way through the mesh");
    assertThat(page.locator("g.hop").nth(15)).isAttached();
    window.press("Next");
    assertThat(page.locator("[data-replay-says]")).containsText(Pattern.compile("Hop 1 of \\d+"));
    window.press("Next");
    assertThat(page.locator("[data-replay-says]")).containsText("Hop 2 of");
    assertThat(page.locator("g.hop.now")).hasCount(1);
    assertThat(page.locator("#hop-2")).hasAttribute("open", "");
    shoot("flow-second-hop");
    window.press("Show all");
    assertThat(page.locator("g.hop.later")).hasCount(0);
    shoot("flow");
  }

  private void lookAtTheMesh() {
    window.open("/app/mesh");
    assertThat(page.locator("svg.map")).containsText("build-manager");
    assertThat(page.locator("svg.map .rate").first()).isAttached();
    shoot("mesh");
    Assertions.assertThat(page.request().get(mesh.publicUrl() + "/app/mesh/labs").status())
        .as("nobody breaks a mesh that is no lab")
        .isEqualTo(404);
  }

  private void destroyEverything() {
    window.open(WORKSPACE + "/settings/delete");
    window.shows("2 resources now");
    shoot("workspace-destruction");
    window.follow("Queue a destroy plan");
    window.press("Start the run");
    showsStatus("Needs confirmation");
    assertThat(page.locator(".plan")).containsText("is destroyed");
    shoot("run-destroys");
    window.press("Confirm and apply");
    showsStatus("Applied");
    assertThat(page.locator(".log").last()).containsText("2 destroyed");
  }

  private void deleteTheWorkspace() {
    window.open(WORKSPACE + "/settings/delete");
    window.shows("0 resources now");
    window.type("Type network to delete it", "network");
    window.press("Delete safely");
    window.showsHeading("No workspace yet");
    shoot("workspace-deleted");
  }

  private void showsStatus(String words) {
    assertThat(page.locator("#live > .state")).hasText(words);
  }

  /// Leaves a mark in the open page, which another load of it would not have.
  private void remember() {
    page.evaluate("() => { window.isTheSame = true; }");
  }

  private void hasNotBeenLoadedAnew() {
    Assertions.assertThat(page.evaluate("() => window.isTheSame")).isEqualTo(true);
  }

  private void shoot(String name) {
    Assertions.assertThat(page.content()).doesNotContain(SECRET);
    window.shoot(name);
  }
}
