package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/// Runs one after another, each beside bare terraform on the same configuration.
final class SingleRuns {
  private final Stage stage;
  private final Series plans = new Series();
  private final Series plansOverhead = new Series();
  private final Series applies = new Series();
  private final Series appliesOverhead = new Series();

  private SingleRuns(Stage stage) {
    this.stage = stage;
  }

  static void measure(Stage stage) {
    new SingleRuns(stage).run();
  }

  private void run() {
    Site site = stage.site();
    site.organization("runs");
    String workspace = site.workspace("runs", "changing");
    site.upload(workspace, Configuration.CHANGING);
    BareTerraform bare =
        new BareTerraform(stage.bench(), stage.terraform(), "bare", Configuration.CHANGING);
    Series barePlans = new Series();
    Series bareApplies = new Series();
    for (int i = 0; i < stage.sizes().runs(); i++) {
      one(site, workspace);
      if (i < stage.sizes().bareRuns()) {
        long begin = System.nanoTime();
        bare.plan();
        barePlans.addSince(begin);
        begin = System.nanoTime();
        bare.apply();
        bareApplies.addSince(begin);
      }
    }
    stage.put(Figure.CREATE_TO_PLANNED_MS_P50, plans.median());
    stage.put(Figure.CREATE_TO_PLANNED_OVERHEAD_MS_P50, plansOverhead.median());
    stage.put(Figure.BARE_PLAN_MS_P50, barePlans.median());
    stage.put(Figure.CONFIRM_TO_APPLIED_MS_P50, applies.median());
    stage.put(Figure.CONFIRM_TO_APPLIED_OVERHEAD_MS_P50, appliesOverhead.median());
    stage.put(Figure.BARE_APPLY_MS_P50, bareApplies.median());
    stage.putMemory(Figure.RSS_AFTER_MB);
  }

  /// From the moment when the client begins to ask, until the one that the mesh notes.
  private void one(Site site, String workspace) {
    Instant created = stage.clock().instant();
    String run = site.run(workspace, false);
    Instant planned = stamp(site.await(stage.bench(), run, "planned"), "planned-at");
    Instant confirmed = stage.clock().instant();
    site.confirm(run);
    Instant applied = stamp(site.await(stage.bench(), run, "applied"), "applied-at");
    JsonNode flow = site.read("/api/v2/terrarium/flows/" + run);
    add(plans, plansOverhead, created, planned, own(flow, "plan"));
    add(applies, appliesOverhead, confirmed, applied, own(flow, "apply"));
  }

  private static void add(Series all, Series overhead, Instant from, Instant to, long own) {
    double millis = Duration.between(from, to).toNanos() / 1e6;
    all.add(millis);
    overhead.add(millis - own);
  }

  private static Instant stamp(JsonNode run, String key) {
    return Instant.parse(run.path("attributes").path("status-timestamps").path(key).asText());
  }

  /// What terraform's commands took in a phase.
  private static long own(JsonNode flow, String phase) {
    long millis = 0;
    for (JsonNode times : flow.path("phases")) {
      if (times.path("phase").asText().equals(phase)) {
        for (JsonNode command : times.path("terraform")) {
          millis += command.path("millis").asLong();
        }
      }
    }
    return millis;
  }
}
