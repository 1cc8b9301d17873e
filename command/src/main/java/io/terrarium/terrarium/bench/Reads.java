package io.terrarium.terrarium.bench;

/// Reading single objects and lists.
final class Reads {
  private static final int WORKSPACES = 100;
  private static final String LIST = "/api/v2/organizations/reads/workspaces?page%5Bsize%5D=";
  private static final String INCLUDES =
      "&include=organization,project,current_run,current_configuration_version,current_state_version";

  private Reads() {}

  static void measure(Stage stage) {
    Site site = stage.site();
    site.organization("reads");
    String workspace = "";
    for (int i = 0; i < WORKSPACES; i++) {
      workspace = site.workspace("reads", "workspace-" + i);
    }
    site.upload(workspace, Configuration.CHANGING);
    String run = site.run(workspace, true);
    site.await(stage.bench(), run, "applied");

    Load one = new Load(stage, "/api/v2/workspaces/" + workspace);
    Load.Busy busy = one.busy();
    stage.put(Figure.GET_WORKSPACE_RPS, busy.perSecond());
    stage.put(Figure.GET_WORKSPACE_LOADED_MS_P99, busy.millis().percentile(99));
    Series millis = one.alone();
    stage.put(Figure.GET_WORKSPACE_MS_P50, millis.median());
    stage.put(Figure.GET_WORKSPACE_MS_P99, millis.percentile(99));

    Load oneRun = new Load(stage, "/api/v2/runs/" + run);
    stage.put(Figure.GET_RUN_RPS, oneRun.busy().perSecond());
    millis = oneRun.alone();
    stage.put(Figure.GET_RUN_MS_P50, millis.median());
    stage.put(Figure.GET_RUN_MS_P99, millis.percentile(99));
    lists(stage);
  }

  private static void lists(Stage stage) {
    Load twenty = new Load(stage, LIST + 20);
    stage.put(Figure.LIST_20_WORKSPACES_RPS, twenty.busy().perSecond());
    Series millis = twenty.alone();
    stage.put(Figure.LIST_20_WORKSPACES_MS_P50, millis.median());
    stage.put(Figure.LIST_20_WORKSPACES_MS_P99, millis.percentile(99));

    Load hundred = new Load(stage, LIST + 100);
    stage.put(Figure.LIST_100_WORKSPACES_RPS, hundred.busy().perSecond());
    millis = hundred.alone();
    stage.put(Figure.LIST_100_WORKSPACES_MS_P50, millis.median());
    stage.put(Figure.LIST_100_WORKSPACES_MS_P99, millis.percentile(99));
    stage.put(
        Figure.LIST_100_INCLUDED_MS_P50, new Load(stage, LIST + 100 + INCLUDES).alone().median());
  }
}
