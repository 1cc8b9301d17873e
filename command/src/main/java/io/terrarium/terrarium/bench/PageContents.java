package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An organization with enough in it for every page to have something to show, and for its lists to
/// be long. Runs are of the scripted engine, so that they are there soon; but for one of them that
/// is copied, each has gone its whole way.
final class PageContents {
  static final String ORGANIZATION = "pages";

  private static final String API = "/api/v2/organizations/" + ORGANIZATION;
  private static final String SCRIPTED = "1.11.4+scripted";
  private static final int CLIENTS = 4;

  /// Rows of a page.
  private static final int PAGE = 20;

  private static final int MODULE_VERSIONS = 5;
  private static final long LOOK_MILLIS = 50;

  private final Stage stage;
  private final ChildMesh mesh;
  private final Site site;
  private final Sizes.Pages sizes;
  private final String[] workspaces;

  private PageContents(Stage stage, ChildMesh mesh, Site site) {
    this.stage = stage;
    this.mesh = mesh;
    this.site = site;
    sizes = stage.sizes().pages();
    workspaces = new String[sizes.workspaces()];
  }

  /// Tells what stands in the addresses of pages for what differs from mesh to mesh.
  static Map<String, String> make(Stage stage, ChildMesh mesh, Site site) {
    return new PageContents(stage, mesh, site).make();
  }

  private Map<String, String> make() {
    site.organization(ORGANIZATION);
    stage.tell("  making %,d workspaces".formatted(sizes.workspaces()));
    Crowd.act(
        CLIENTS,
        client -> {
          try (Site own = site.another()) {
            for (int i = client; i < workspaces.length; i += CLIENTS) {
              workspaces[i] = workspace(own, i);
            }
          }
        });
    makeSettings();
    makeModules();
    stage.tell("  making runs, and copying one until there are %,d".formatted(sizes.runs()));
    String run = makeRuns();
    try (RunCopyStore copies = RunCopyStore.open(mesh.data())) {
      copies.copy(run, sizes.runs() - 3 * sizes.rows() + 1);
    }
    return names(run);
  }

  private static String workspace(Site site, int number) {
    return site.made(
        API + "/workspaces",
        "workspaces",
        "\"name\":\"%s\",\"auto-apply\":true,\"terraform-version\":\"%s\""
            .formatted(name(number), SCRIPTED));
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "workspace-%04d", number);
  }

  private void makeSettings() {
    for (int i = 0; i < sizes.rows(); i++) {
      site.made(
          "/api/v2/workspaces/" + workspaces[0] + "/vars",
          "vars",
          "\"key\":\"variable_%d\",\"value\":\"value %d\",\"category\":\"terraform\""
              .formatted(i, i));
      site.made(API + "/projects", "projects", "\"name\":\"project %d\"".formatted(i));
      String set =
          site.made(
              API + "/varsets", "varsets", "\"name\":\"set %d\",\"global\":false".formatted(i));
      site.made(
          "/api/v2/varsets/" + set + "/relationships/vars",
          "vars",
          "\"key\":\"shared\",\"value\":\"value\",\"category\":\"env\"");
    }
  }

  private void makeModules() {
    for (int i = 0; i < sizes.rows(); i++) {
      String module = Modules.create(site, ORGANIZATION, "module-%02d".formatted(i));
      for (int version = 0; version < (i == 0 ? MODULE_VERSIONS : 1); version++) {
        Modules.publish(site, module, "1." + version + ".0");
      }
    }
  }

  /// The last of those in the first workspace; the first page of workspaces has one in each.
  private String makeRuns() {
    String run = "";
    for (int i = 0; i < 2 * sizes.rows(); i++) {
      site.upload(workspaces[0], script(i));
      run = site.run(workspaces[0], true);
      site.await(stage.bench(), run, "applied");
    }
    for (int i = 1; i < sizes.rows(); i++) {
      site.upload(workspaces[i], script(i));
      site.await(stage.bench(), site.run(workspaces[i], true), "applied");
    }
    String state = "/api/v2/workspaces/" + workspaces[0] + "/current-state-version";
    while (!site.read(state).at("/data/attributes/resources-processed").asBoolean()) {
      stage.bench().pause(LOOK_MILLIS);
    }
    return run;
  }

  private static Configuration script(int number) {
    String resources =
        IntStream.range(0, PAGE)
            .mapToObj(i ->
                """
                {"mode": "managed", "type": "terraform_data", "name": "part_%d",
                 "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
                 "instances": [{"schema_version": 0,
                   "attributes": {"id": "%d", "input": null, "output": null,
                                  "triggers_replace": null}}]}\
                """
                    .formatted(i, i))
            .collect(Collectors.joining(","));
    return Configuration.script(
        """
        {"plan": {"log": ["Looking around"], "changes": {"add": %d}},
         "apply": {"log": ["Building"], "state": {
           "outputs": {"number": {"value": %d}, "url": {"value": "http://example.com"}},
           "resources": [%s]}}}\
        """
            .formatted(PAGE, number, resources));
  }

  private Map<String, String> names(String run) {
    JsonNode states =
        site.read(
            "/api/v2/state-versions?filter%5Borganization%5D%5Bname%5D="
                + ORGANIZATION
                + "&filter%5Bworkspace%5D%5Bname%5D="
                + name(0));
    String organization = "/app/" + ORGANIZATION;
    return Map.of(
        "organization",
        organization,
        "workspace",
        organization + "/workspaces/" + name(0),
        "last",
        Integer.toString((workspaces.length + PAGE - 1) / PAGE),
        "middle",
        Integer.toString((sizes.runs() / PAGE + 1) / 2),
        "run",
        run,
        "state",
        states.at("/data/0/id").asText(),
        "before",
        states.at("/data/1/id").asText(),
        "varset",
        site.read(API + "/varsets").at("/data/0/id").asText(),
        "module",
        ORGANIZATION + "/module-00/null");
  }
}
