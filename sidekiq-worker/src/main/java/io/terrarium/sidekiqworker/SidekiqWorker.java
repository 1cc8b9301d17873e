package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.job.JobQueue;
import io.terrarium.contracts.node.DrainMarks;
import io.terrarium.contracts.node.NodeLabel;
import io.terrarium.core.assembly.Core;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The background worker: takes jobs from Redis in Sidekiq's format, does them or passes them on.
public final class SidekiqWorker {
  static final String NAME = "sidekiq-worker";

  private static final Duration REDIS_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration NEIGHBOUR_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration INGRESS_TIMEOUT = Duration.ofMinutes(30);

  private SidekiqWorker() {}

  public static Service start(SidekiqWorkerConfig config, Platform platform) {
    return Service.start(NAME, platform, config.listen(), parts -> routes(config, platform, parts));
  }

  static void main(String[] args) {
    Program.serve(NAME, SidekiqWorkerConfig::from, SidekiqWorker::start);
  }

  private static Consumer<Api> routes(SidekiqWorkerConfig config, Platform platform, Parts parts) {
    Database database = parts.add(Database.open(config.database(), NAME, Core.SCHEMA, List.of()));
    database.validate(Core.MIGRATIONS);
    Redis redis = parts.add(Redis.open(config.redis(), NAME, REDIS_WAIT_MAX));
    Core core = parts.add(Core.of(config.core(), database, redis, platform, () -> {}));
    Jobs jobs = jobs(config, core, platform, parts);
    SidekiqProcess process =
        parts.add(SidekiqProcess.start(redis, options(platform), membership(config, redis), jobs));
    return new Health()
            .with("database", database::check)
            .with("redis", redis::check)
            .with("vault", core.transit()::check)
            .with("jobs", process::check)
        ::mount;
  }

  /// A process that starts on a drained node, since the one before it died, takes nothing either.
  private static SidekiqProcess.Membership membership(SidekiqWorkerConfig config, Redis redis) {
    DrainMarks marks = new DrainMarks(redis);
    return new SidekiqProcess.Membership(
        List.of(NodeLabel.of(config.node())), () -> !marks.isSet(config.node()));
  }

  private static Jobs jobs(SidekiqWorkerConfig config, Core core, Platform platform, Parts parts) {
    ServiceClient buildManager = neighbour(config, config.buildManager(), parts);
    ServiceClient stateParser = neighbour(config, config.stateParser(), parts);
    // It answers when a repository has been fetched, packed and stored.
    SlugIngress slugIngress =
        new SlugIngress(
            parts.add(
                new ServiceClient(
                    config.slugIngress(), Optional.of(config.internalToken()), INGRESS_TIMEOUT)));
    ServiceClient registry = neighbour(config, config.registryApi(), parts);
    ServiceClient archivist =
        parts.add(new ServiceClient(config.core().router(), Optional.empty(), NEIGHBOUR_TIMEOUT));
    return new Jobs(
        new Jobs.Hands(
            new RunJobs(
                core.run().runs(),
                core.runTriggers(),
                core.objects(),
                core.outbox(),
                buildManager,
                archivist),
            new StateJobs(core.stateVersions(), core.outbox(), stateParser),
            new ObjectJobs(core.objects(), core.outbox(), archivist),
            new ConfigurationJobs(core.readmes(), core.outbox(), archivist),
            new VcsJobs(core.vcs(), core.reactions(), core.arrivals(), core.outbox(), slugIngress),
            new ModuleJobs(core.vcs(), core.outbox(), slugIngress, registry),
            core.notifications().deliveries()),
        core.outbox(),
        parts.add(new HopReporter(NAME, config.core().router(), config.internalToken())),
        platform.clock());
  }

  private static ServiceClient neighbour(SidekiqWorkerConfig config, URI address, Parts parts) {
    return parts.add(
        new ServiceClient(address, Optional.of(config.internalToken()), NEIGHBOUR_TIMEOUT));
  }

  private static SidekiqOptions options(Platform platform) {
    return SidekiqOptions.of(
        Arrays.stream(JobQueue.values()).collect(Collectors.toMap(JobQueue::wire, JobQueue::slots)),
        platform.clock());
  }
}
