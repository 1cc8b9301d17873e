package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/// Runs in as many workspaces at once, on a mesh with room for all of them.
final class ManyRuns {
  private static final String ORGANIZATION = "many";
  private static final long DISPATCHED_LOOK_MILLIS = 20;

  // Asking costs the mesh its processor time, so rarely while that is long.
  private static final long FINISHED_LOOK_MILLIS = 200;

  private final Stage stage;
  private final int count;

  private ManyRuns(Stage stage) {
    this.stage = stage;
    count = stage.sizes().atOnce();
  }

  static void measure(Stage stage) {
    new ManyRuns(stage).run();
  }

  private void run() {
    Path data = stage.bench().directory("many");
    Path settings = settings();
    Series dispatched = new Series();
    Series finished = new Series();
    try (ChildMesh mesh =
            ChildMesh.start(
                stage.bench(), data, stage.terraform(), "--settings", settings.toString());
        Site site = Site.of(mesh)) {
      List<String> workspaces = workspaces(site);
      // The first run of a process finds much of it cold.
      site.await(stage.bench(), site.run(workspaces.getFirst(), true), "applied");
      for (int round = 0; round < stage.sizes().rounds(); round++) {
        long begin = create(site, workspaces);
        await(site, "filter%5Bstatus%5D=pending,queuing", DISPATCHED_LOOK_MILLIS);
        dispatched.addSince(begin);
        await(site, "filter%5Bstatus_group%5D=non_final", FINISHED_LOOK_MILLIS);
        finished.addSince(begin);
        checkApplied(site, workspaces);
      }
    }
    stage.put(Figure.DISPATCH_50_RUNS_MS, dispatched.median());
    stage.put(Figure.FINISH_50_RUNS_MS, finished.median());
    stage.put(Figure.BARE_FINISH_50_RUNS_MS, bare());
  }

  private Path settings() {
    Path file = stage.bench().file("settings.json");
    try {
      return Files.writeString(
          file, "{\"capacity_concurrency\": {\"value\": \"%d\"}}".formatted(count));
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private List<String> workspaces(Site site) {
    site.organization(ORGANIZATION);
    List<String> workspaces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String workspace = site.workspace(ORGANIZATION, "workspace-" + i);
      site.upload(workspace, Configuration.CHANGING);
      workspaces.add(workspace);
    }
    return workspaces;
  }

  /// All clients are connected before the first one asks; tells when that was.
  private long create(Site site, List<String> workspaces) {
    long[] begin = new long[1];
    CyclicBarrier start = new CyclicBarrier(count, () -> begin[0] = System.nanoTime());
    Crowd.act(
        count,
        number -> {
          try (Site client = site.another()) {
            start.await();
            client.run(workspaces.get(number), true);
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new MeshFault("interrupted", e);
          }
        });
    return begin[0];
  }

  /// Until no run is as `filter` says.
  private void await(Site site, String filter, long lookMillis) {
    String path = "/api/v2/organizations/" + ORGANIZATION + "/runs?page%5Bsize%5D=1&" + filter;
    while (!site.read(path).path("data").isEmpty()) {
      stage.bench().pause(lookMillis);
    }
  }

  private void checkApplied(Site site, List<String> workspaces) {
    for (String workspace : workspaces) {
      String status =
          site.read("/api/v2/workspaces/" + workspace + "/runs?page%5Bsize%5D=1")
              .at("/data/0/attributes/status")
              .asText();
      if (!status.equals("applied")) {
        throw new MeshFault("a run of " + workspace + " is " + status + " and not applied");
      }
    }
  }

  /// As many by hand, as many at a time as there are processors.
  private double bare() {
    int cpus = Runtime.getRuntime().availableProcessors();
    long begin = System.nanoTime();
    Crowd.act(
        cpus,
        cpu -> {
          for (int i = cpu; i < count; i += cpus) {
            BareTerraform bare =
                new BareTerraform(
                    stage.bench(), stage.terraform(), "bare-" + i, Configuration.CHANGING);
            bare.plan();
            bare.apply();
          }
        });
    return (System.nanoTime() - begin) / 1e6;
  }
}
