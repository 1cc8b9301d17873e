package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bench` as a process, with amounts that tell nothing: what it prints, and what it leaves.
class BenchIT {
  private static final String[] PROMISED = {
    "boot_cold_ms",
    "boot_warm_ms",
    "rss_idle_mb",
    "rss_after_mb",
    "create_to_planned_overhead_ms_p50",
    "confirm_to_applied_overhead_ms_p50",
    "dispatch_50_runs_ms",
    "finish_50_runs_ms",
    "get_workspace_rps",
    "get_workspace_ms_p99",
    "list_100_workspaces_ms_p50",
    "run_list_100k_runs_ms_p99",
    "log_lag_ms_p99",
    "log_tail_poll_ms_p50",
    "archivist_up_mb_per_s",
    "archivist_down_mb_per_s",
    "push_to_run_ms_p50",
    "webhook_acknowledged_ms_p99",
    "webhook_burst_done_ms",
    "module_versions_ms_p99",
    "module_versions_queries",
    "ingress_s",
    "ingress_growth_mb",
    "page_slowest_ms_p50",
    "page_largest_kb",
    "page_most_queries",
    "screen_line_ms_p95",
    "watched_line_ms_p95",
    "watched_fetches",
    "watched_cpu_percent",
    "watched_most_mb",
    "watched_heap_most_mb",
    "idle_cpu_percent"
  };

  @TempDir private Path directory;

  @Test
  @Tag("long")
  void tells_every_figure_and_the_machine_and_leaves_nothing() throws IOException {
    try (MeshProcess bench = MeshProcess.bench(directory, "--json", "--tiny", "--runs=1")) {
      assertThat(bench.await()).as(bench.output()).isZero();
      String output = bench.output();
      JsonNode told = Json.SNAKE.readTree(output.substring(output.indexOf('{')));
      assertThat(PROMISED)
          .allSatisfy(key -> assertThat(told.path(key).isNumber()).as(key).isTrue());
      assertThat(told.at("/pages/workspaces/first_byte_ms_p50").asDouble()).isPositive();
      assertThat(told.at("/pages/run/kb").asDouble()).isPositive();
      assertThat(told.at("/machine/cpus").isInt()).isTrue();
      assertThat(told.at("/machine/terraform").asText()).startsWith("1.");
      bench.awaitNothingLeft();
      assertThat(directory.resolve("data")).isEmptyDirectory();
    }
  }

  @Test
  void tells_only_figures_that_were_asked_for() throws IOException {
    try (MeshProcess bench = MeshProcess.bench(directory, "--json", "--tiny", "--only=idle")) {
      assertThat(bench.await()).as(bench.output()).isZero();
      String output = bench.output();
      JsonNode told = Json.SNAKE.readTree(output.substring(output.indexOf('{')));
      assertThat(PROMISED)
          .allSatisfy(key ->
              assertThat(told.path(key).isNumber())
                  .as(key)
                  .isEqualTo(key.equals("rss_idle_mb") || key.equals("idle_cpu_percent")));
    }
  }

  @Test
  void leaves_nothing_when_it_is_interrupted() {
    try (MeshProcess bench = MeshProcess.bench(directory, "--runs=1000", "--only=runs")) {
      Eventually.until(bench::output, () -> bench.running().size() > 3);

      bench.signal("INT").await();

      bench.awaitNothingLeft();
      assertThat(directory.resolve("data")).isEmptyDirectory();
      assertThat(bench.explanation()).isEmpty();
    }
  }
}
