package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people do with the states of a workspace in a browser. Scripted runs have written them.
@Tag("long")
class BrowserStatesIT {
  @RegisterExtension private static final Desk desk = new Desk("states");

  private static final String SECRET = "nobody-may-ever-read-this";
  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  /// A workspace with two states, whose list is looked at.
  private void lookAt(String workspace) {
    String id = desk.scripted(workspace, script("morning"));
    write(id, workspace, 1);
    desk.site().upload(id, Slugs.of("terrarium-script.json", script("evening")));
    write(id, workspace, 2);
    window.open(desk.page(workspace, ""));
    window.follow("States");
    window.showsHeading("States");
  }

  private static String script(String word) {
    return """
    {"plan":{"changes":{"add":1}},
     "apply":{"state":{
       "outputs":{"greeting":{"value":"%1$s"},
                  "password":{"value":"%2$s-%1$s","sensitive":true}},
       "resources":[{"mode":"managed","type":"terraform_data","name":"%1$s",
         "provider":"provider[\\"terraform.io/builtin/terraform\\"]",
         "instances":[{"schema_version":0,"attributes":{"id":"1","input":"%1$s"}}]}]}}}
    """
        .formatted(word, SECRET);
  }

  private static void write(String id, String workspace, int serial) {
    desk.site().awaitStatus(desk.site().queueRun(id), "applied");
    Eventually.until(
        () -> "state " + serial + " of " + workspace + " is not read",
        () -> {
          ApiClient.Answer current = desk.asked("workspaces/" + id + "/current-state-version");
          return current.attribute("serial").asInt() == serial
              && current.attribute("resources-processed").asBoolean();
        });
  }

  private static int serial(String workspace) {
    String id = desk.workspace(workspace).data().path("id").asText();
    return desk.asked("workspaces/" + id + "/current-state-version").attribute("serial").asInt();
  }

  @Test
  void two_are_compared() {
    lookAt("compared");
    window.page().getByLabel("Compare from serial 1").check();
    window.page().getByLabel("Compare to serial 2").check();
    window.shoot("states");

    window.press("Compare the two");

    window.showsHeading("From serial 1 to 2");
    PlaywrightAssertions.assertThat(window.card("Added")).containsText("terraform_data.evening");
    PlaywrightAssertions.assertThat(window.card("Removed")).containsText("terraform_data.morning");
    window.shows("Changed; sensitive, not shown");
    assertThat(window.page().content()).doesNotContain(SECRET);
    window.shoot("states-compared");
  }

  @Test
  void one_tells_what_it_has_changed() {
    lookAt("changed");
    window.follow("2");
    window.showsHeading("State with serial 2");
    window.shows("terraform_data.evening");
    window.shows("Sensitive, not shown");
    window.shoot("state");

    window.follow("What it has changed");

    window.showsHeading("From serial 1 to 2");
  }

  @Test
  void one_is_downloaded() throws IOException {
    lookAt("downloaded");
    window.follow("1");
    window.showsHeading("State with serial 1");

    Download file = window.page().waitForDownload(() -> window.follow("Download"));

    assertThat(file.suggestedFilename()).isEqualTo("serial-1.tfstate");
    JsonNode state = Json.SNAKE.readTree(file.path().toFile());
    assertThat(state.path("serial").asInt()).isEqualTo(1);
    assertThat(state.at("/outputs/greeting/value").asText()).isEqualTo("morning");
  }

  @Test
  void an_old_one_is_the_newest_again() {
    lookAt("rolled-back");
    window.follow("1");
    window.shows("The workspace is locked while that is done, and unlocked again.");
    window.unfold(window.card("Back to this state"), "Roll back");
    window.shoot("state-roll-back");

    window.press("Roll back to serial 1");

    window.says(
        "The workspace has the state of serial 1 again, as serial 3. What it manages is as it was:"
            + " plan, to see what is other.");
    window.showsHeading("State with serial 3");
    assertThat(serial("rolled-back")).isEqualTo(3);
    assertThat(desk.workspace("rolled-back").attribute("locked").asBoolean()).isFalse();
    window.follow("States");
    PlaywrightAssertions.assertThat(window.row("Current")).containsText("Rolled back");
    window.shoot("states-rolled-back");
  }

  @Test
  void who_holds_the_lock_keeps_it() {
    lookAt("held");
    window.open(desk.page("held", "settings/lock"));
    window.press("Lock the workspace");
    window.says("The workspace is locked.");
    window.follow("States");
    window.follow("1");
    window.shows("You have locked the workspace; it stays locked.");

    window.unfold(window.card("Back to this state"), "Roll back");
    window.press("Roll back to serial 1");

    window.showsHeading("State with serial 3");
    assertThat(desk.workspace("held").attribute("locked").asBoolean()).isTrue();
  }
}
