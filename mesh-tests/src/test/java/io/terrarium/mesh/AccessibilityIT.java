package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.testsupport.GitServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
  /// Those that are also photographed by night and on a phone.
  private static final Set<String> MODELS =
      Set.of("workspaces", "workspace", "run-planned", "variables", "mesh", "flow", "module");

  @AutoClose private MeshFixture fixture;
  @AutoClose private Chromium chromium;
  @AutoClose private Window window;
  private final Axe axe = new Axe();
  private List<BrowsedSite.Place> places = List.of();

  @BeforeAll
  void start(@TempDir Path directory) {
    Chromium.assumeInstalled();
    assumeTrue(GitServer.isInstalled(), "there is no git on this machine: install git");
    fixture = MeshFixture.inLab(directory, false);
    places =
        new BrowsedSite(fixture, directory.resolve("copies"))
            .withShared()
            .withGit()
            .withRuns()
            .withTeams()
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

    String byDay = byDay(place);
    String byNight = window.inTheDark(() -> byNight(place));
    int hidden = window.onAPhone(() -> beyondTheEdge(place));

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

  private String byDay(BrowsedSite.Place place) {
    window.shoot(place.name());
    return axe.violations(window.page());
  }

  private String byNight(BrowsedSite.Place place) {
    shootModel(place, "-dark");
    return axe.violationsOfColours(window.page());
  }

  private int beyondTheEdge(BrowsedSite.Place place) {
    shootModel(place, "-phone");
    return (int)
        window
            .page()
            .evaluate(
                "() => document.documentElement.scrollWidth"
                    + " - document.documentElement.clientWidth");
  }

  private void shootModel(BrowsedSite.Place place, String kind) {
    if (MODELS.contains(place.name())) {
      window.shoot(place.name() + kind);
    }
  }
}
