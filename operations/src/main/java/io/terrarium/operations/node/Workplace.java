package io.terrarium.operations.node;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.NodeBuilds;
import io.terrarium.contracts.node.NodeLabel;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.sidekiq.SidekiqProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the work of this node is known: builds at atlas, jobs in Redis.
final class Workplace implements AutoCloseable {
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(5);

  /// A silent process is dead, or its jobs are taken back by another one.
  private static final long SILENT_SECONDS_MAX = 15;

  private final String node;
  private final RedisLink redis;
  private final ServiceClient atlas;

  Workplace(NodeConfig config, RedisLink redis) {
    this.node = config.name();
    this.redis = redis;
    this.atlas =
        new ServiceClient(config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT);
  }

  /// @throws ServiceFault while atlas does not answer
  /// @throws RedisFault while Redis does not
  Workload look() {
    return new Workload(builds(), jobs());
  }

  /// Asks the sidekiq processes of this node to take nothing new, each until it does.
  void quietJobs() {
    SidekiqProcesses processes = new SidekiqProcesses(redis.get());
    jobs().stream()
        .filter(process -> !process.isQuiet())
        .forEach(process -> processes.quiet(process.identity()));
  }

  private List<SidekiqProcesses.Member> jobs() {
    return new SidekiqProcesses(redis.get())
        .list().stream()
            .filter(process -> process.labels().contains(NodeLabel.of(node)))
            .filter(process -> process.silentSeconds() <= SILENT_SECONDS_MAX)
            .toList();
  }

  private NodeBuilds builds() {
    String path =
        InternalApi.at(InternalApi.NODE_BUILDS, URLEncoder.encode(node, StandardCharsets.UTF_8));
    try (InputStream answer =
        atlas.get(path, Map.of()).orElseThrow(() -> new IOException("it knows no such route"))) {
      return Json.SNAKE.readValue(answer, NodeBuilds.class);
    } catch (IOException e) {
      throw ServiceFault.unreachable("GET", path, e);
    }
  }

  @Override
  public void close() {
    atlas.close();
  }
}
