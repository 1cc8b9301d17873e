package io.terrarium.operations.metrics;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Listening;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.metrics.Metrics;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// The ports on which a node tells its metrics: they are apart from all others so that a firewall
/// may stand before them, and want no token.
public final class MetricsPort implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);

  private final Parts parts = new Parts("metrics");
  private final Gathering gathering;
  private final Clock clock;

  /// What there is to ask.
  ///
  /// @param services by name
  /// @param worker the build worker among them
  /// @param router its internal listener, the way to atlas
  public record Neighbours(
      String node,
      Map<String, URI> services,
      URI worker,
      URI router,
      Secret internalToken,
      Supplier<SidekiqStats> jobs) {
    public Neighbours {
      services = Map.copyOf(services);
    }
  }

  private MetricsPort(MetricsConfig config, Neighbours neighbours, Platform platform) {
    clock = platform.clock();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    parts.add(threads::shutdownNow);
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .executor(threads)
            .build();
    parts.add(http::shutdownNow);
    gathering = new Gathering(sources(neighbours, http, platform.metrics()), clock);
    try {
      for (Listening listening : config.listeners()) {
        parts.add(HttpService.start(platform.vertx(), "metrics", listening, this::mount));
      }
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /// Listens where `config` says.
  ///
  /// @throws io.terrarium.kernel.http.ListenFault when a port cannot be had
  public static MetricsPort start(MetricsConfig config, Neighbours neighbours, Platform platform) {
    return new MetricsPort(config, neighbours, platform);
  }

  private static List<Source> sources(Neighbours near, HttpClient http, Metrics own) {
    Optional<Secret> token = Optional.of(near.internalToken());
    List<Source> sources = new ArrayList<>();
    sources.add(new Sources.Own(own));
    near.services()
        .forEach((name, address) ->
            sources.add(
                new Sources.OfService(name, new Neighbour(http, address, Optional.empty()))));
    sources.add(new Sources.Builds(new Neighbour(http, near.worker(), token)));
    sources.add(new Sources.Runs(near.node(), new Neighbour(http, near.router(), token)));
    sources.add(new Sources.Jobs(near.jobs()));
    return sources;
  }

  private void mount(Api api) {
    api.get("/metrics", this::metrics);
  }

  private Reply metrics(Call call) {
    String format = call.query("format").orElse("json");
    return switch (format) {
      case "json" -> Reply.json(200, Exposition.json(gathering.samples(), clock.instant()));
      case "prometheus" ->
          Reply.bytes(
              Metrics.CONTENT_TYPE,
              Exposition.prometheus(gathering.samples()).getBytes(StandardCharsets.UTF_8));
      default ->
          throw new Fault.BadRequest(
              "There is no format "
                  + format
                  + ": leave the parameter out for JSON, or ask for format=prometheus.");
    };
  }

  @Override
  public void close() {
    parts.close();
  }
}
