package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.job.JobQueue;
import io.terrarium.core.assembly.Core;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The background worker: takes jobs from Redis in Sidekiq's format, does them or passes them on.
public final class SidekiqWorker implements AutoCloseable {
  static final String NAME = "sidekiq-worker";

  private static final Duration REDIS_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration NEIGHBOUR_TIMEOUT = Duration.ofSeconds(60);

  private final Parts parts = new Parts(NAME);
  private final HttpService http;

  private SidekiqWorker(SidekiqWorkerConfig config, Platform platform) {
    try {
      Database database = parts.add(Database.open(config.database(), NAME, Core.SCHEMA, List.of()));
      database.validate(Core.MIGRATIONS);
      Redis redis = parts.add(Redis.open(config.redis(), NAME, REDIS_WAIT_MAX));
      Core core = parts.add(Core.of(config.core(), database, redis, platform, () -> {}));
      HopReporter hops =
          parts.add(new HopReporter(NAME, config.core().router(), config.internalToken()));
      parts.add(SidekiqProcess.start(redis, options(platform), jobs(config, core, hops, platform)));
      http =
          parts.add(
              HttpService.start(
                  platform.vertx(),
                  NAME,
                  config.listen(),
                  new Health().with("database", database::check).with("redis", redis::check)
                      ::mount));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public static SidekiqWorker start(SidekiqWorkerConfig config, Platform platform) {
    return new SidekiqWorker(config, platform);
  }

  static void main(String[] args) {
    Program.serve(SidekiqWorkerConfig::from, SidekiqWorker::start);
  }

  public int port() {
    return http.port();
  }

  private Jobs jobs(SidekiqWorkerConfig config, Core core, HopReporter hops, Platform platform) {
    ServiceClient buildManager =
        parts.add(
            new ServiceClient(
                config.buildManager(), Optional.of(config.internalToken()), NEIGHBOUR_TIMEOUT));
    ServiceClient stateParser =
        parts.add(
            new ServiceClient(
                config.stateParser(), Optional.of(config.internalToken()), NEIGHBOUR_TIMEOUT));
    ServiceClient archivist =
        parts.add(new ServiceClient(config.core().router(), Optional.empty(), NEIGHBOUR_TIMEOUT));
    return new Jobs(
        new RunJobs(core.run().runs(), core.objects(), core.outbox(), buildManager, archivist),
        new StateJobs(core.stateVersions(), core.outbox(), stateParser),
        hops,
        platform.clock());
  }

  private static SidekiqOptions options(Platform platform) {
    return SidekiqOptions.of(
        Arrays.stream(JobQueue.values()).collect(Collectors.toMap(JobQueue::wire, JobQueue::slots)),
        platform.clock());
  }

  @Override
  public void close() {
    parts.close();
  }
}
