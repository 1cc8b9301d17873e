package io.terrarium.buildmanager;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The service between sidekiq and RabbitMQ: accepts plans and applies, carries results back.
public final class BuildManager {
  static final String NAME = "build-manager";

  private static final Duration BROKER_WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(30);

  /// Results that are on their way to atlas at once.
  private static final int EVENTS_AT_ONCE = 16;

  private BuildManager() {}

  public static Service start(BuildManagerConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(FlowLog.filter()),
        parts -> routes(config, platform, parts));
  }

  static void main(String[] args) {
    Program.serve(NAME, BuildManagerConfig::from, BuildManager::start);
  }

  private static Consumer<Api> routes(BuildManagerConfig config, Platform platform, Parts parts) {
    Broker broker =
        parts.add(
            Broker.open(
                config.broker(),
                NAME,
                BuildTopology.declaration(),
                platform.clock(),
                BROKER_WAIT_MAX));
    HopReporter hops = parts.add(new HopReporter(NAME, config.router(), config.internalToken()));
    ServiceClient atlas =
        parts.add(
            new ServiceClient(config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT));
    EventCarrier carrier = new EventCarrier(atlas, hops, platform.clock(), EVENTS_AT_ONCE);
    AmqpConsumer events =
        parts.add(
            broker.consume(BuildTopology.EVENT_QUEUE, EVENTS_AT_ONCE, FlowLog.around(carrier)));
    // Closed in reverse: nothing new, then what is under way ends, then the channel goes.
    parts.add(carrier);
    parts.add(events::suspend);
    BuildsApi builds = new BuildsApi(broker, hops, platform.clock());
    return api -> {
      new Health().with("broker", broker::check).mount(api);
      Api internal = api.behind(BearerToken.required(config.internalToken()));
      builds.mount(internal);
      new QueuesApi(broker).mount(internal);
    };
  }
}
