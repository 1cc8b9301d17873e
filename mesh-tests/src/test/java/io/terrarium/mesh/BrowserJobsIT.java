package io.terrarium.mesh;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.terrarium.testsupport.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What operators do with jobs in a browser.
@Tag("long")
class BrowserJobsIT {
  @RegisterExtension private static final Desk desk = new Desk("jobs");

  private static final String DEAD = "/app/mesh/jobs/dead";

  /// Opens the list of the dead again until the job has died.
  private static Locator died(Window window, String error) {
    Locator row = window.row(error);
    Eventually.until(
        () -> "no job has died of " + error,
        () -> {
          window.open(DEAD);
          return row.count() == 1;
        });
    return row;
  }

  @Test
  void a_dead_one_is_tried_again_and_deleted() {
    Window window = desk.window();
    desk.stage().backstage().hopelessJob("Tests::Hopeless");
    Locator dead = died(window, "Tests::Hopeless");
    PlaywrightAssertions.assertThat(dead).containsText("unknown job class");
    window.shoot("jobs-dead-one");

    window.pressIn(dead, "Try again");

    window.says("The job is back in its queue.");
    Locator deadAgain = died(window, "Tests::Hopeless");
    window.pressIn(deadAgain, "Delete");
    window.says("The job is gone.");
    PlaywrightAssertions.assertThat(deadAgain).hasCount(0);
  }

  @Test
  void one_that_somebody_else_has_deleted_is_not_here_any_more() {
    Window window = desk.window();
    Window other = desk.another();
    desk.stage().backstage().hopelessJob("Tests::Gone");
    died(window, "Tests::Gone");
    died(other, "Tests::Gone");
    other.pressIn(other.row("Tests::Gone"), "Delete");
    other.says("The job is gone.");

    window.pressIn(window.row("Tests::Gone"), "Try again");

    window.says("The job is not here any more.");
  }

  @Test
  void their_counts_are_shown() {
    Window window = desk.window();
    window.open("/app/mesh");
    window.go("Jobs");
    window.showsHeading("Jobs");
    window.shows("Processed");
    window.follow("Dead");
    window.showsHeading("Dead jobs");
  }
}
