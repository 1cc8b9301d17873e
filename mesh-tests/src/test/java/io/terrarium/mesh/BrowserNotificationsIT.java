package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people do with the notifications of a workspace in a browser.
@Tag("long")
class BrowserNotificationsIT {
  @RegisterExtension private static final Desk desk = new Desk("notifications");

  private static final Receivers RECEIVERS = new Receivers();

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  @AfterAll
  static void stop() {
    RECEIVERS.close();
  }

  private void make(String workspace, String path) {
    window.open(desk.page(workspace, "settings/notifications"));
    window.follow("New notification");
    window.type("Name", "Bell");
    window.type("Address", RECEIVERS.url(path));
    window.type("Token", "hush");
    window.press("Make the notification");
  }

  @Test
  void a_receiver_is_told_of_a_run_and_answers_a_test() {
    String workspace = desk.scripted("told", "{\"plan\":{\"changes\":{\"add\":1}}}");

    make("told", "/told");
    window.says("The notification Bell is there.");
    window.shows("Last delivery was taken");
    window.press("Send a test");
    window.says("Bell has answered well.");
    window.shoot("notifications");
    String run = desk.site().queueRun(workspace, "{}");
    desk.site().awaitStatus(run, "planned");

    Eventually.until(
        "the receiver is told of the run",
        () ->
            RECEIVERS.letters("/told").stream()
                .anyMatch(letter -> letter.body().contains(run) && !letter.signature().isEmpty()));
  }

  @Test
  void one_is_disabled_and_deleted() {
    String workspace = desk.makeWorkspace("silent");
    make("silent", "/silent");

    window.press("Disable");
    window.says("Bell is told of nothing any more.");
    window.unfold(window.card("Bell"), "Delete");
    window.press("Delete for good");

    window.says("The notification Bell is deleted.");
    window.shows("Nobody is told of runs yet");
    assertThat(desk.asked("workspaces/" + workspace + "/notification-configurations").data())
        .isEmpty();
  }
}
