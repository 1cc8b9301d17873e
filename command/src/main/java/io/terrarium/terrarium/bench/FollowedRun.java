package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.Terrarium;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run whose page is open in many browsers while terraform applies it. Its apply prints the
/// time again and again, so that each browser knows how late it has each line.
final class FollowedRun {
  private static final double PAUSE_SECONDS = 0.1;
  private static final long REST_MILLIS = 2_000;

  private final Stage stage;
  private final ChildMesh mesh;
  private final Site site;
  private final int lines;

  private FollowedRun(Stage stage, ChildMesh mesh, Site site) {
    this.stage = stage;
    this.mesh = mesh;
    this.site = site;
    lines = stage.sizes().pages().lines();
  }

  /// What came of it.
  ///
  /// @param lags of each line in each browser
  /// @param fetches of all browsers
  /// @param applied from the time that the run has for it until each browser shows it
  /// @param cpuPercent of one core, from the confirmation until the last browser has seen the end
  private record Seen(Series lags, Series fetches, Series applied, double cpuPercent) {}

  static void measure(Stage stage, ChildMesh mesh, Site site) {
    FollowedRun followed = new FollowedRun(stage, mesh, site);
    followed.byOne();
    followed.byMany(stage.sizes().pages().browsers());
  }

  private void byOne() {
    stage.tell("  a run that one browser follows");
    Seen seen = by("one", 1);
    stage.put(Figure.SCREEN_LINE_MS_P50, seen.lags().median());
    stage.put(Figure.SCREEN_LINE_MS_P95, seen.lags().percentile(95));
    stage.put(Figure.SCREEN_LINE_MS_MAX, seen.lags().percentile(100));
    stage.put(Figure.SCREEN_CPU_PERCENT, seen.cpuPercent());
  }

  private void byMany(int browsers) {
    stage.tell("  a run that %d browsers follow".formatted(browsers));
    List<Seen> all = new ArrayList<>();
    List<MemoryWatch> memory = new ArrayList<>();
    MemoryWatch heap;
    try (Heap ofMesh = new Heap(mesh)) {
      heap =
          MemoryWatch.during(
              stage.bench(),
              ofMesh::usedMb,
              () ->
                  memory.add(
                      MemoryWatch.during(
                          stage.bench(), this::memoryMb, () -> all.add(by("many", browsers)))));
    }
    Seen seen = all.getFirst();
    stage.put(Figure.WATCHED_LINE_MS_P50, seen.lags().median());
    stage.put(Figure.WATCHED_LINE_MS_P95, seen.lags().percentile(95));
    stage.put(Figure.WATCHED_LINE_MS_MAX, seen.lags().percentile(100));
    stage.put(Figure.WATCHED_LINES, seen.lags().size());
    stage.put(Figure.WATCHED_APPLIED_MS_P50, seen.applied().median());
    stage.put(Figure.WATCHED_APPLIED_MS_MAX, seen.applied().percentile(100));
    stage.put(Figure.WATCHED_FETCHES, seen.fetches().size());
    stage.put(Figure.WATCHED_FETCH_MS_P50, seen.fetches().median());
    stage.put(Figure.WATCHED_FETCH_MS_P95, seen.fetches().percentile(95));
    stage.put(Figure.WATCHED_CPU_PERCENT, seen.cpuPercent());
    put(memory.getFirst(), Figure.WATCHED_BEFORE_MB, Figure.WATCHED_MOST_MB);
    put(heap, Figure.WATCHED_HEAP_BEFORE_MB, Figure.WATCHED_HEAP_MOST_MB);
  }

  private void put(MemoryWatch watched, Figure before, Figure most) {
    watched
        .mostMb()
        .ifPresent(mb -> {
          stage.put(before, watched.beforeMb());
          stage.put(most, mb);
        });
  }

  /// Of the process that all services are in; terraform's own is no matter of the browsers.
  private Optional<Double> memoryMb() {
    return MeshProcesses.memoryMb(MeshProcesses.running(Terrarium.class.getName(), mesh.data()));
  }

  /// Plans a run, opens its page so many times, confirms it, and waits until all have seen its end.
  private Seen by(String name, int count) {
    String workspace = site.workspace(PageContents.ORGANIZATION, "followed-by-" + name);
    site.upload(workspace, Configuration.running(Stamps.printing(lines, PAUSE_SECONDS)));
    String newRun =
        "/app/" + PageContents.ORGANIZATION + "/workspaces/followed-by-" + name + "/runs/new";
    try (Browser person = browser()) {
      String path = person.submit(newRun, newRun, Map.of("message", "Followed"));
      String run = path.substring(path.lastIndexOf('/') + 1);
      site.await(stage.bench(), run, "planned");
      try (Audience audience = Audience.open(count, this::browser, stage.clock(), path)) {
        stage.bench().pause(REST_MILLIS);
        // Terraform's processes, which come later, are not among them.
        List<ProcessHandle> processes = mesh.processes();
        Duration before = MeshProcesses.processorTime(processes);
        long begin = System.nanoTime();
        person.submit(path, path + "/apply", Map.of("comment", ""));
        audience.watch();
        Duration used = MeshProcesses.processorTime(processes).minus(before);
        double percent = 100.0 * used.toNanos() / (System.nanoTime() - begin);
        return new Seen(
            audience.lags(lines),
            audience.fetches(),
            audience.sinceApplied(appliedAt(run)),
            percent);
      }
    }
  }

  private Instant appliedAt(String run) {
    return Instant.parse(
        site.read("/api/v2/runs/" + run)
            .at("/data/attributes/status-timestamps/applied-at")
            .asText());
  }

  private Browser browser() {
    return Browser.signIn(mesh, Site.ADMIN, site.password());
  }
}
