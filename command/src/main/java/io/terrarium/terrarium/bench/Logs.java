package io.terrarium.terrarium.bench;

/// How soon a line of a run's log can be read, and what it costs to ask for news of a long log.
final class Logs {
  private static final int LINE_BYTES = 100;
  // What terraform puts before each line.
  private static final int PREFIX_BYTES = 38;

  private Logs() {}

  static void measure(Stage stage) {
    Site site = stage.site();
    site.organization("logs");
    Sizes sizes = stage.sizes();
    String stamps = Stamps.printing(sizes.logLines(), 0.13);
    Follower few = follow(stage, "short", stamps, 0);
    stage.put(Figure.LOG_LAG_MS_P50, few.lags().median());
    stage.put(Figure.LOG_LAG_MS_P99, few.lags().percentile(99));
    stage.put(Figure.LOG_SHORT_POLL_MS_P50, few.polls().median());
    String many =
        "yes %s | head -n %d; "
            .formatted(
                "x".repeat(LINE_BYTES - 1), sizes.logBytes() / (LINE_BYTES + PREFIX_BYTES) + 1);
    Follower much = follow(stage, "long", many + stamps, sizes.logBytes());
    stage.put(Figure.LOG_TAIL_POLL_MS_P50, much.polls().median());
  }

  private static Follower follow(Stage stage, String name, String command, long from) {
    Site site = stage.site();
    String workspace = site.workspace("logs", name);
    site.upload(workspace, Configuration.running(command));
    String run = site.run(workspace, true);
    site.await(stage.bench(), run, "applying");
    Follower follower = Follower.of(site, stage.clock(), run).follow(stage.bench(), from);
    site.await(stage.bench(), run, "applied");
    return follower;
  }
}
