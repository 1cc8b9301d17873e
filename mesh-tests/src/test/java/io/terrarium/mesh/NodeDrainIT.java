package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that is taken out of work while runs are under way.
@Tag("long")
class NodeDrainIT {
  private static final String PLAIN = "resource \"terraform_data\" \"a\" {}\n";

  @TempDir private Path directory;

  private MeshProcess admin(String command) {
    return MeshProcess.of(directory, "admin", command, "--data", MeshProcess.data(directory));
  }

  private static void awaitSaid(MeshProcess drain, String text) {
    Eventually.until(
        () -> "no \"" + text + "\" in:\n" + drain.output(), () -> drain.output().contains(text));
  }

  private static void assertDrained(MeshProcess drain) {
    assertThat(drain.await()).as(drain.output()).isZero();
    assertThat(drain.output())
        .startsWith("Starting node drain activity...\nTriggering sidekiq stop\n")
        .endsWith("Node drain completed successfully\n");
  }

  private String nodes() {
    try (MeshProcess list = admin("list-nodes")) {
      assertThat(list.await()).as(list.output()).isZero();
      return list.output();
    }
  }

  private static String workspace(Site site, String name, String configuration) {
    String workspace = site.workspace("drained", name);
    site.upload(workspace, Slugs.of("main.tf", configuration));
    return workspace;
  }

  private static boolean hasBegun(Site site, String run) {
    return !List.of("pending", "queuing", "plan_queued").contains(site.status(run));
  }

  private static String planBegan(Site site, String run) {
    JsonNode times = site.api().get("/api/v2/runs/" + run).attribute("status-timestamps");
    return times.path("planning-at").asText();
  }

  @Test
  void an_upgrade_by_drain_stop_and_start_finishes_what_runs_and_keeps_the_order_of_the_rest()
      throws IOException {
    Path settings = directory.resolve("settings.json");
    Files.writeString(settings, "{\"capacity_concurrency\": {\"value\": \"1\"}}\n");
    try (Hold hold = new Hold()) {
      Path terraform = Wrapper.around(MeshFixture.terraform(), directory, hold);
      String[] more = {"--settings", settings.toString(), "--terraform", terraform.toString()};
      try (MeshProcess first = MeshProcess.up(directory, more).awaitUp()) {
        Site site = first.firstSite();
        site.organization("drained");
        String held =
            site.queueRun(
                workspace(site, "held", Wrapper.WAITS_IN_PLAN + PLAIN), "{\"auto-apply\":false}");
        hold.awaitArrivals(1);
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          waiting.add(site.queueRun(workspace(site, "waiting-" + i, PLAIN)));
        }

        try (MeshProcess drain = admin("node-drain")) {
          awaitSaid(drain, "Waiting for: 1 build\n");
          assertThat(nodes()).contains("1 busy, 0 free", "draining");
          waiting.add(site.queueRun(workspace(site, "late", PLAIN)));
          hold.release();
          assertDrained(drain);
        }

        assertThat(nodes()).contains("0 busy, 1 free", "drained");
        assertThat(site.status(held)).isEqualTo("planned");
        assertThat(site.log(held, "plan"))
            .contains("1 to add, 0 to change, 0 to destroy")
            .endsWith("\u0003");
        assertThat(waiting).noneMatch(run -> hasBegun(site, run));
        first.stop();
        try (MeshProcess second = MeshProcess.up(directory, more).awaitUp()) {
          Site again = second.site(site);
          waiting.forEach(run -> again.awaitStatus(run, "applied"));
          assertThat(nodes()).contains(" none ");
          assertThat(waiting.stream().sorted(Comparator.comparing(run -> planBegan(again, run))))
              .containsExactlyElementsOf(waiting);
          second.stop();
        }
      }
    }
  }

  @Test
  void a_drain_goes_on_whatever_dies_and_who_starts_later_takes_nothing() {
    try (Hold hold = new Hold();
        MeshFixture fixture = new MeshFixture(directory, true)) {
      Site site = fixture.site();
      site.organization("drained");
      String held = site.queueRun(workspace(site, "held", hold.resource("held")));
      hold.awaitArrivals(1);
      try (MeshProcess drain = admin("node-drain")) {
        awaitSaid(drain, "Waiting for: 1 build\n");

        fixture.kill("operations");
        fixture.kill("atlas");
        site.awaitHealthy();
        String late = site.queueRun(workspace(site, "late", PLAIN));
        hold.release();

        assertDrained(drain);
        site.awaitStatus(held, "applied");
        Stream.of("build-worker", "sidekiq-worker").forEach(fixture::kill);
        site.awaitHealthy();
        assertDrained(admin("node-drain"));
        awaitBeats(2);
        assertThat(hasBegun(site, late)).as(site.status(late)).isFalse();
        assertThat(hold.arrived()).isEqualTo(1);
      }
    }
  }

  private void awaitBeats(int more) {
    for (int i = 0; i < more; i++) {
      String before = nodes();
      Eventually.until("no beat after " + before, () -> !nodes().equals(before));
    }
  }
}
