package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;

/// The list of a workspace's runs when it is very long.
///
/// The runs are copies of one that was made and applied by the mesh, put into its database with
/// their plans, applies and counters: to make so many by terraform takes days.
final class LongList {
  private static final int PAGE = 20;

  private LongList() {}

  static void measure(Stage stage) {
    Site site = stage.site();
    site.organization("list");
    String workspace = site.workspace("list", "long");
    site.upload(workspace, Configuration.CHANGING);
    String run = site.run(workspace, true);
    site.await(stage.bench(), run, "applied");
    int total = stage.sizes().listedRuns();
    stage.tell("  copying a run until there are %,d".formatted(total));
    try (RunCopyStore copies = RunCopyStore.open(stage.mesh().data())) {
      copies.copy(run, total - 1);
    }
    String path = "/api/v2/workspaces/" + workspace + "/runs?page%5Bsize%5D=" + PAGE;
    int pages = (total + PAGE - 1) / PAGE;
    Series first = page(stage, path, 1, total);
    Series middle = page(stage, path, pages / 2, total);
    Series last = page(stage, path, pages, total);
    Series ends = new Series();
    ends.addAll(first);
    ends.addAll(last);
    stage.put(Figure.RUN_LIST_100K_RUNS_MS_P99, ends.percentile(99));
    stage.put(Figure.RUN_LIST_100K_RUNS_FIRST_MS_P50, first.median());
    stage.put(Figure.RUN_LIST_100K_RUNS_MIDDLE_MS_P50, middle.median());
    stage.put(Figure.RUN_LIST_100K_RUNS_LAST_MS_P50, last.median());
  }

  private static Series page(Stage stage, String path, int number, int total) {
    String page = path + "&page%5Bnumber%5D=" + number;
    int told = stage.site().read(page).at("/meta/pagination/total-count").asInt();
    if (told != total) {
      throw new MeshFault("the list of runs tells of %d and not %d".formatted(told, total));
    }
    return new Load(stage, page).alone();
  }
}
