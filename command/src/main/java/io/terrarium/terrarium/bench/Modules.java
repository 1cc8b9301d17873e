package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.terrarium.MeshFault;

/// A module with many versions, each made and uploaded by the API, and what Terraform asks first of
/// it: which versions there are.
final class Modules {
  private static final String VERSIONS = "/api/registry/v1/modules/modules/bench/null/versions";
  private static final Configuration CODE =
      new Configuration("output \"said\" {\n  value = \"something\"\n}\n");
  private static final long LOOK_MILLIS = 50;

  private Modules() {}

  static void measure(Stage stage) {
    Site site = stage.site();
    site.organization("modules");
    int count = stage.sizes().git().versions();
    String module = create(site, "modules", "bench");
    for (int i = 0; i < count; i++) {
      publish(site, module, "1." + i + ".0");
    }
    while (served(site) < count) {
      stage.bench().pause(LOOK_MILLIS);
    }
    Series millis = new Load(stage, VERSIONS).alone();
    stage.put(Figure.MODULE_VERSIONS_MS_P50, millis.median());
    stage.put(Figure.MODULE_VERSIONS_MS_P99, millis.percentile(99));
    try (QueryLog queries = QueryLog.open(stage.bench(), stage.mesh().data())) {
      stage.put(Figure.MODULE_VERSIONS_QUERIES, queries.each("registry-api", () -> served(site)));
    }
  }

  /// Tells the path of a new module, which has no version yet.
  static String create(Site site, String organization, String name) {
    String modules = "/api/v2/organizations/" + organization + "/registry-modules";
    site.made(
        modules,
        "registry-modules",
        "\"name\":\"%s\",\"provider\":\"null\",\"registry-name\":\"private\"".formatted(name));
    return modules + "/private/" + organization + "/" + name + "/null";
  }

  static void publish(Site site, String module, String version) {
    JsonNode made =
        site.post(
            module + "/versions",
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
