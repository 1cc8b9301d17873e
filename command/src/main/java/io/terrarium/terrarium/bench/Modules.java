package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.terrarium.MeshFault;

/// A module with many versions, each made and uploaded by the API, and what Terraform asks first of
/// it: which versions there are.
final class Modules {
  private static final String MODULES = "/api/v2/organizations/modules/registry-modules";
  private static final String MODULE = MODULES + "/private/modules/bench/null";
  private static final String VERSIONS = "/api/registry/v1/modules/modules/bench/null/versions";
  private static final Configuration CODE =
      new Configuration("output \"said\" {\n  value = \"something\"\n}\n");
  private static final long LOOK_MILLIS = 50;

  private Modules() {}

  static void measure(Stage stage) {
    Site site = stage.site();
    site.organization("modules");
    int count = stage.sizes().git().versions();
    site.post(
        MODULES,
        """
        {"data":{"type":"registry-modules","attributes":{"name":"bench","provider":"null",
        "registry-name":"private"}}}\
        """);
    for (int i = 0; i < count; i++) {
      publish(site, "1." + i + ".0");
    }
    while (served(site) < count) {
      stage.bench().pause(LOOK_MILLIS);
    }
    Series millis = new Load(stage, VERSIONS).alone();
    stage.put(Figure.MODULE_VERSIONS_MS_P50, millis.median());
    stage.put(Figure.MODULE_VERSIONS_MS_P99, millis.percentile(99));
    stage.put(
        Figure.MODULE_VERSIONS_QUERIES,
        new QueryLog(stage.bench(), stage.mesh().data()).each("registry-api", () -> served(site)));
  }

  private static void publish(Site site, String version) {
    JsonNode made =
        site.post(
            MODULE + "/versions",
            "{\"data\":{\"type\":\"registry-module-versions\",\"attributes\":{\"version\":\"%s\"}}}"
                .formatted(version));
    byte[] slug = CODE.slug();
    site.put(
        Site.path(made.at("/data/links/upload").asText()), slug.length, out -> out.write(slug));
  }

  private static int served(Site site) {
    Wire.Answer answer = site.wire().send(site.get(VERSIONS));
    return switch (answer.status()) {
      case 200 -> Site.json(VERSIONS, answer).at("/modules/0/versions").size();
      // Until the first one has been read.
      case 404 -> 0;
      default -> throw new MeshFault("the registry answers with " + answer.status());
    };
  }
}
