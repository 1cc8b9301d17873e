package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.terrarium.testsupport.GitServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each page by day, by night and on a phone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessibilityIT {
  @AutoClose private MeshFixture fixture;
  @AutoClose private Chromium chromium;
  @AutoClose private Window window;
  private final Axe axe = new Axe();
  private List<BrowsedSite.Place> places = List.of();

  @BeforeAll
  void start(@TempDir Path directory) {
    Chromium.assumeInstalled();
    assumeTrue(GitServer.isInstalled(), "there is no git on this machine: install git");
    fixture = MeshFixture.withGit(directory, false);
    places =
        new BrowsedSite(fixture, directory.resolve("copies"))
            .withShared()
            .withGit()
            .withRuns()
            .withTheRest()
            .places();
    chromium = new Chromium();
    window = chromium.window(fixture.mesh().publicUrl());
    window.signIn("admin", Site.PASSWORD);
    window.showsHeading("Organizations");
  }

  List<BrowsedSite.Place> places() {
    return places;
  }

  @ParameterizedTest
  @MethodSource("places")
  void everybody_can_use_it(BrowsedSite.Place place) {
    window.open(place.path());
    window.page().waitForSelector(place.awaited());

    String byDay = look(place.name());
    String byNight = window.inTheDark(() -> look(place.name() + "-dark"));
    int hidden = window.onAPhone(() -> beyondTheEdge(place.name() + "-phone"));

    assertThat(byDay).isEmpty();
    assertThat(byNight).isEmpty();
    assertThat(hidden).as("pixels that are right of the window").isZero();
  }

  @Test
  void whoever_is_not_signed_in_can_do_so() {
    try (Window another = chromium.window(fixture.mesh().publicUrl())) {
      another.open("/app");
      another.showsHeading("Sign in");

      assertThat(axe.violations(another.page())).isEmpty();
    }
  }

  private String look(String name) {
    window.shoot(name);
    return axe.violations(window.page());
  }

  private int beyondTheEdge(String name) {
    window.shoot(name);
    Page page = window.page();
    return (int)
        page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
