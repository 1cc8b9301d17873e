package io.terrarium.buildmanager;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The service between sidekiq and RabbitMQ: accepts plans and applies, carries results back.
public final class BuildManager implements AutoCloseable {
  static final String NAME = "build-manager";

  private static final Duration BROKER_WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(30);

  /// Results that are on their way to atlas at once.
  private static final int EVENTS_AT_ONCE = 16;

  private final Broker broker;
  private final HopReporter hops;
  private final ServiceClient atlas;
  private final EventCarrier carrier;
  private final AmqpConsumer events;
  private final HttpService http;

  private BuildManager(BuildManagerConfig config, Platform platform) {
    broker =
        Broker.open(
            config.broker(), NAME, BuildTopology.declaration(), platform.clock(), BROKER_WAIT_MAX);
    hops = new HopReporter(NAME, config.router(), config.internalToken());
    atlas = new ServiceClient(config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT);
    carrier = new EventCarrier(atlas, hops, platform.clock());
    events = broker.consume(BuildTopology.EVENT_QUEUE, EVENTS_AT_ONCE, carrier);
    BuildsApi builds = new BuildsApi(broker, hops, platform.clock());
    http =
        HttpService.start(
            platform.vertx(),
            NAME,
            config.listen(),
            api -> {
              api.get("/_health", _ -> health());
              builds.mount(api.behind(BearerToken.required(config.internalToken())));
            });
  }

  public static BuildManager start(BuildManagerConfig config, Platform platform) {
    return new BuildManager(config, platform);
  }

  static void main(String[] args) {
    Program.serve(BuildManagerConfig::from, BuildManager::start);
  }

  public int port() {
    return http.port();
  }

  private Reply health() {
    broker.check();
    return Reply.json(200, Map.of("status", "up"));
  }

  @Override
  public void close() {
    http.close();
    events.close();
    carrier.close();
    broker.close();
    hops.close();
    atlas.close();
  }
}
