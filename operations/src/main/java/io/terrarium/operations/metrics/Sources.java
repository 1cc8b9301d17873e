package io.terrarium.operations.metrics;

import io.terrarium.contracts.internal.BuildContainers;
import io.terrarium.contracts.internal.CurrentRuns;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.NodeBuilds;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.kernel.metrics.Container;
import io.terrarium.kernel.metrics.Metrics;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Who knows what of a node.
final class Sources {
  private static final String SIDEKIQ = "tfe.sidekiq.sidekiq.";

  /// Whoever may write to Redis can make queues.
  private static final int QUEUES_MAX = 100;

  private Sources() {}

  /// The process that this service is in.
  record Own(Metrics metrics) implements Source {
    @Override
    public String name() {
      return "this process";
    }

    @Override
    public Map<String, List<Sample>> look() {
      Container container = metrics.container();
      return Map.of(container.id(), ContainerSamples.of(container));
    }
  }

  /// The process of another service; several in one are one and the same.
  record OfService(String name, Neighbour service) implements Source {
    @Override
    public Map<String, List<Sample>> look() throws InterruptedException {
      Container container = service.get("/metrics/process", Container.class);
      return Map.of(container.id(), ContainerSamples.of(container));
    }
  }

  /// The builds of a build worker.
  record Builds(Neighbour worker) implements Source {
    @Override
    public String name() {
      return "builds";
    }

    @Override
    public Map<String, List<Sample>> look() throws InterruptedException {
      Map<String, List<Sample>> found = new HashMap<>();
      for (BuildContainers.Build build :
          worker.get(InternalApi.BUILD_CONTAINERS, BuildContainers.class).builds()) {
        found.put(build.id(), ContainerSamples.of(build));
      }
      return found;
    }
  }

  /// The runs of the installation, and what this node builds and may build of them.
  record Runs(String node, Neighbour atlas) implements Source {
    @Override
    public String name() {
      return "runs";
    }

    @Override
    public Map<String, List<Sample>> look() throws InterruptedException {
      String encoded = URLEncoder.encode(node, StandardCharsets.UTF_8);
      NodeBuilds here =
          atlas.get(InternalApi.at(InternalApi.NODE_BUILDS, encoded), NodeBuilds.class);
      CurrentRuns runs = atlas.get(InternalApi.CURRENT_RUNS, CurrentRuns.class);
      List<Sample> samples = new ArrayList<>();
      samples.add(Sample.gauge("tfe.run.count", here.held(), Map.of()));
      int limit = here.workers().stream().mapToInt(WorkerBeat::slots).sum();
      samples.add(Sample.gauge("tfe.run.limit", limit, Map.of()));
      for (CurrentRuns.Count count : runs.counts()) {
        samples.add(
            Sample.gauge(
                "tfe.run.current.count",
                (double) count.runs(),
                Map.of(
                    "organization_name", count.organizationName(),
                    "workspace_name", count.workspaceName(),
                    "status", count.status())));
      }
      return Map.of("runs", samples);
    }
  }

  /// The queues in Redis, of the installation.
  record Jobs(Supplier<SidekiqStats> stats) implements Source {
    @Override
    public String name() {
      return "jobs";
    }

    @Override
    public Map<String, List<Sample>> look() {
      SidekiqStats now = stats.get();
      List<Sample> samples = new ArrayList<>();
      add(samples, "processed", now.processed());
      add(samples, "failed", now.failed());
      add(samples, "scheduled", now.scheduled());
      add(samples, "retries", now.retries());
      add(samples, "dead", now.dead());
      add(samples, "busy", now.busy());
      add(
          samples,
          "enqueued",
          now.queues().values().stream().mapToLong(SidekiqStats.Queue::size).sum());
      now.queues().entrySet().stream()
          .limit(QUEUES_MAX)
          .forEach(queue -> addQueue(samples, queue.getKey(), queue.getValue()));
      return Map.of("jobs", samples);
    }

    private static void addQueue(List<Sample> samples, String name, SidekiqStats.Queue queue) {
      Map<String, String> labels = Map.of("queue", name);
      samples.add(Sample.gauge(SIDEKIQ + "queue.size", (double) queue.size(), labels));
      // Who has put the job there may have another clock.
      double seconds = Math.max(0, queue.latency().toMillis()) / 1000.0;
      samples.add(Sample.gauge(SIDEKIQ + "queue.latency", seconds, labels));
    }

    private static void add(List<Sample> samples, String name, long value) {
      samples.add(Sample.gauge(SIDEKIQ + name, (double) value, Map.of()));
    }
  }
}
