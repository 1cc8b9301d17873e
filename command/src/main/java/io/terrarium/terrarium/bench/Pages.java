package io.terrarium.terrarium.bench;

import java.util.Map;

/// The pages of a mesh of its own, as browsers have them: each by itself, and one run that is
/// followed, by one and by many.
final class Pages {
  private Pages() {}

  static void measure(Stage stage) {
    try (ChildMesh mesh =
            ChildMesh.start(stage.bench(), stage.bench().directory("pages"), stage.terraform());
        Site site = Site.of(mesh)) {
      Map<String, String> names = PageContents.make(stage, mesh, site);
      try (Browser browser = Browser.signIn(mesh, Site.ADMIN, site.password())) {
        PageTimes.measure(stage, mesh, browser, names);
      }
      FollowedRun.measure(stage, mesh, site);
    }
  }
}
