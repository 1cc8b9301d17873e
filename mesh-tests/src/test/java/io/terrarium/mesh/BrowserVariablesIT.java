package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Variables of workspaces, and sets of them, in a browser.
@Tag("long")
class BrowserVariablesIT {
  @RegisterExtension private static final Desk desk = new Desk("variables");

  private static final String SECRET = "nobody-may-ever-read-this";

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  private static void variable(String workspace, String attributes) {
    desk.make("/workspaces/" + workspace + "/vars", "vars", "{" + attributes + "}");
  }

  private void lookAt(String workspace) {
    window.open(desk.page(workspace, ""));
    window.follow("Variables");
    window.showsHeading("Variables");
  }

  private void addVariable(String key, String value) {
    window.follow("Add a variable");
    window.pick("Environment variable");
    window.type("Key", key);
    window.type("Value", value);
    window.press("Add the variable");
    window.says("The variable " + key + " is there.");
  }

  private void makeSet(String name) {
    window.open(desk.page("settings/varsets"));
    window.follow("New variable set");
    window.type("Name", name);
    window.press("Make the set");
    window.says("The set is there. Add variables, and say what it reaches.");
    window.showsHeading(name);
  }

  @Test
  void one_is_changed_and_deleted() {
    variable(
        desk.makeWorkspace("changed"),
        "\"key\":\"greeting\",\"value\":\"good day\",\"category\":\"terraform\"");
    lookAt("changed");
    window.follow("Edit greeting");
    window.type("Value", "[\"good\", \"night\"]");
    window.type("Description", "What is said");
    window.tick("HCL", true);

    window.press("Save");

    window.says("The variable greeting was changed.");
    PlaywrightAssertions.assertThat(window.row("greeting")).containsText("[\"good\", \"night\"]");
    PlaywrightAssertions.assertThat(window.row("greeting")).containsText("HCL");
    window.shows("What is said");
    window.shoot("variable-changed");

    window.press("Delete greeting");

    window.says("The variable greeting was deleted.");
    window.shows("None of its own yet.");
  }

  @Test
  void a_sensitive_one_stays_write_only() {
    String workspace = desk.makeWorkspace("secret");
    variable(
        workspace,
        "\"key\":\"PASSWORD\",\"value\":\"%s\",\"category\":\"env\",\"sensitive\":true"
            .formatted(SECRET));
    lookAt("secret");
    PlaywrightAssertions.assertThat(window.row("PASSWORD")).containsText("Sensitive – write only");

    window.follow("Edit PASSWORD");

    window.shows("The key PASSWORD stays as it is, since the value is sensitive.");
    PlaywrightAssertions.assertThat(window.field("New value")).hasValue("");
    assertThat(window.page().content()).doesNotContain(SECRET);
    window.shoot("variable-sensitive");
    window.type("Description", "Of the database");
    window.press("Save");
    window.says("The variable PASSWORD was changed.");
    window.shows("Of the database");
    PlaywrightAssertions.assertThat(window.row("PASSWORD")).containsText("Sensitive – write only");
    assertThat(window.page().content()).doesNotContain(SECRET);
    assertThat(desk.asked("workspaces/" + workspace + "/vars").text()).doesNotContain(SECRET);
  }

  @Test
  void one_that_is_there_already_is_refused() {
    variable(
        desk.makeWorkspace("twice"), "\"key\":\"REGION\",\"value\":\"north\",\"category\":\"env\"");
    lookAt("twice");
    window.follow("Add a variable");
    window.pick("Environment variable");
    window.type("Key", "REGION");
    window.type("Value", "south");

    window.press("Add the variable");

    window.objects("has already been taken");
    window.shoot("variable-refused");
    PlaywrightAssertions.assertThat(window.field("Value")).hasValue("south");
  }

  @Test
  void a_set_reaches_the_workspaces_and_projects_that_are_named() {
    desk.make("projects", "projects", "{\"name\":\"Networks\"}");
    desk.makeWorkspace("reached");
    makeSet("Credentials");
    addVariable("REGION", "eu-north-1");

    window.type("Add a workspace by its name", "nowhere");
    window.pressIn(window.form("Add a workspace by its name"), "Add");
    window.objects("There is no workspace of that name");
    window.type("Add a workspace by its name", "reached");
    window.pressIn(window.form("Add a workspace by its name"), "Add");
    window.says("What the set reaches is saved.");
    window.choose("Add a project", "Networks");
    window.pressIn(window.form("Add a project"), "Add");
    window.says("What the set reaches is saved.");
    window.shoot("variable-set-reaches");
    lookAt("reached");
    window.shows("Credentials");
    window.shows("eu-north-1");
    window.open(desk.page("settings/varsets"));
    PlaywrightAssertions.assertThat(window.row("Credentials"))
        .containsText("1 project, 1 workspace");
    window.follow("Credentials");
    window.press("Remove the workspace reached");
    window.says("What the set reaches is saved.");
    window.press("Remove the project Networks");
    window.shows("Nothing yet.");
    lookAt("reached");
    window.showsNot("eu-north-1");
  }

  @Test
  void a_set_with_priority_wins_over_the_workspaces_own() {
    variable(
        desk.makeWorkspace("overwritten"),
        "\"key\":\"REGION\",\"value\":\"south\",\"category\":\"env\"");
    makeSet("Firm");
    addVariable("REGION", "north");
    window.follow("Edit");
    window.tick("Reaches all workspaces of the organization", true);
    window.tick("Has priority", true);
    window.type("Description", "Of the firm");

    window.press("Save");

    window.says("The set is saved.");
    window.shows("All workspaces of the organization, those of today and of later.");
    lookAt("overwritten");
    PlaywrightAssertions.assertThat(window.row("south")).containsText("Overwritten");
    window.shoot("variable-overwritten");
    window.open(desk.page("settings/varsets"));
    window.follow("Firm");
    window.press("Delete");
    window.says("The set Firm was deleted, with its variables.");
  }

  @Test
  void a_variable_of_a_set_is_changed_and_deleted() {
    makeSet("Changing");
    addVariable("STAGE", "test");
    window.follow("Edit STAGE");
    window.type("Value", "production");

    window.press("Save");

    window.says("The variable STAGE was changed.");
    PlaywrightAssertions.assertThat(window.row("STAGE")).containsText("production");
    window.press("Delete STAGE");
    window.says("The variable STAGE was deleted.");
  }

  @Test
  void a_set_belongs_to_a_project() {
    desk.make("projects", "projects", "{\"name\":\"Owners\"}");
    window.open(desk.page("settings/varsets/new"));
    window.type("Name", "Of owners");
    window.choose("Belongs to", "The project Owners");

    window.press("Make the set");

    window.shows("belongs to the project Owners");
    window.shoot("variable-set-of-project");
  }
}
