package io.terrarium.mesh;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Locale;

/// Somebody who does the exercises in a browser, knowing no more than what they say.
final class Learner {
  /// Exercises wait for claims to end and for plans that take their time.
  private static final double LONGEST_MILLIS = Duration.ofMinutes(4).toMillis();

  private final Window window;
  private final String exercise;

  private Learner(Window window, String exercise) {
    this.window = window;
    this.exercise = exercise;
  }

  static Learner begin(Window window, String title) {
    window.open("/app/mesh/labs");
    window.follow(title);
    String exercise = window.page().url().replaceFirst(".*/", "");
    window.press("Begin");
    return new Learner(window, exercise);
  }

  /// Comes back to a page that was left.
  static Learner goOn(Window window, String exercise) {
    Learner learner = new Learner(window, exercise);
    learner.comeBack();
    return learner;
  }

  void comeBack() {
    window.open("/app/mesh/labs/" + exercise);
  }

  /// Waits until that is the step to do.
  void isAt(String step) {
    assertThat(next().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName(step)))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LONGEST_MILLIS));
    window.shoot("lab-" + exercise + "-" + step.toLowerCase(Locale.ROOT).replaceAll("\\W+", "-"));
  }

  void isDone() {
    assertThat(window.page().getByText("All steps are done"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LONGEST_MILLIS));
    window.shoot("lab-" + exercise + "-done");
  }

  void press(String button) {
    next()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  void answer(String choice) {
    next().getByLabel(choice, new Locator.GetByLabelOptions().setExact(true)).check();
    press("Answer");
  }

  /// Where the step's first link leads.
  String link() {
    return next().getByRole(AriaRole.LINK).first().getAttribute("href");
  }

  /// What the step shows to be typed.
  String code() {
    return next().locator("code").last().textContent().strip();
  }

  /// Starts a run in the workspace that the step links, and comes back.
  void startARun() {
    window.open(link() + "/runs/new");
    window.press("Start the run");
    comeBack();
  }

  /// Confirms the newest run of the workspace that the step links, and comes back.
  void confirm(String workspace) {
    Page page = window.page();
    window.open(workspace + "/runs");
    page.locator("main a[href*='/runs/run-']").first().click();
    window.press("Confirm and apply");
    comeBack();
  }

  private Locator next() {
    return window.page().locator(".steps > .next");
  }
}
