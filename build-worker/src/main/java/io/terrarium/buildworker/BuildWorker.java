package io.terrarium.buildworker;

import io.terrarium.buildworker.engine.Engine;
import io.terrarium.buildworker.engine.EngineConfig;
import io.terrarium.buildworker.sandbox.Confinement;
import io.terrarium.buildworker.sandbox.Supervisor;
import io.terrarium.buildworker.terraform.TerraformBinaries;
import io.terrarium.buildworker.terraform.TerraformReleases;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Listening;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service that runs terraform.
public final class BuildWorker implements AutoCloseable {
  static final String NAME = "build-worker";

  private static final Logger log = LoggerFactory.getLogger(BuildWorker.class);
  private static final Duration BROKER_WAIT_MAX = Duration.ofMinutes(1);
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration ARCHIVIST_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);
  private static final int SIGNALS_AT_ONCE = 16;
  private static final long STOP_SECONDS_MAX = 40;

  private final BuildWorkerConfig config;
  private final String worker;
  private final Parts parts;
  private final Confinement confinement;
  private final Broker broker;
  private final Slots slots;
  private final Presence presence;
  private final Commands commands;
  private final Intake intake;
  private final HttpService http;
  private final CountDownLatch isReady = new CountDownLatch(1);
  private volatile boolean isDraining;
  private volatile boolean isBarred;

  private BuildWorker(BuildWorkerConfig config, Platform platform) {
    this.config = config;
    this.parts = new Parts(NAME, platform.metrics());
    this.worker = platform.ids().next("worker-");
    this.confinement = Confinement.probe();
    warnOfWeakness(confinement);
    try {
      WorkDirectory directory = parts.add(WorkDirectory.open(config.workDirectory(), worker));
      Supervisor supervisor = parts.add(new Supervisor(directory.own(), confinement));
      Optional<TerraformReleases> releases =
          config
              .terraformReleases()
              .map(address ->
                  parts.add(
                      new TerraformReleases(
                          address, config.terraformCache(), DOWNLOAD_LIMIT, platform.clock())));
      TerraformBinaries binaries = TerraformBinaries.of(config.terraformBinaries(), releases);
      broker =
          parts.add(
              Broker.open(
                  config.broker(),
                  NAME,
                  BuildTopology.declaration(),
                  platform.clock(),
                  BROKER_WAIT_MAX));
      HopReporter hops = parts.add(new HopReporter(NAME, config.router(), config.internalToken()));
      Atlas atlas =
          new Atlas(
              parts.add(
                  new ServiceClient(
                      config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT)),
              worker,
              platform.clock());
      ServiceClient archivist =
          parts.add(new ServiceClient(config.router(), Optional.empty(), ARCHIVIST_TIMEOUT));
      Engine engine =
          new Engine(
              engineConfig(config, directory),
              binaries,
              supervisor,
              archivist,
              hops::add,
              platform.clock());
      Outcomes outcomes = parts.add(new Outcomes(broker, platform.clock()));
      slots = new Slots(config.slots(), this::slotsChanged);
      commands =
          new Commands(worker, slots, new Commands.Way(atlas, engine, outcomes, hops), platform);
      intake = parts.add(new Intake(broker, config.slots(), FlowLog.around(this::take)));
      presence = parts.add(new Presence(atlas, this::beat, this::obey));
      parts.add(broker.listen(BuildTopology.CANCEL_EXCHANGE, SIGNALS_AT_ONCE, commands::canceled));
      http =
          parts.add(
              HttpService.start(
                  platform.vertx(),
                  NAME,
                  new Listening(config.listen()).measuredBy(platform.metrics()),
                  this::mount));
      isReady.countDown();
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  public static BuildWorker start(BuildWorkerConfig config, Platform platform) {
    return new BuildWorker(config, platform);
  }

  static void main(String[] args) {
    Program.serve(NAME, BuildWorkerConfig::from, BuildWorker::start);
  }

  public int port() {
    return http.port();
  }

  private static EngineConfig engineConfig(BuildWorkerConfig config, WorkDirectory directory) {
    return new EngineConfig(
        directory.runs(),
        directory.temporary(),
        directory.schemas(),
        config.router(),
        config.publicUrl().getRawAuthority(),
        config.pluginCache(),
        config.providerMirror(),
        config.parallelism(),
        config.memoryMegabytes(),
        config.surroundings());
  }

  private static void warnOfWeakness(Confinement confinement) {
    if (confinement instanceof Confinement.ProcessGroup) {
      log.atWarn().log("bubblewrap does not work here, so builds can read what this user can");
    }
  }

  private void mount(Api api) {
    new Health().with("broker", broker::check).with("atlas", presence::check).mount(api);
    new ContainersApi(commands).mount(api.behind(BearerToken.required(config.internalToken())));
  }

  /// The first message may come before all parts are there.
  private void take(Delivery delivery) throws InterruptedException {
    isReady.await();
    commands.take(delivery);
  }

  /// The node is drained, or it is not: nothing is taken from the queues before atlas has said so.
  ///
  /// A worker that has taken builds takes none again, until another process is in its place: the
  /// node is to be stopped. One that has never begun may still be told to; the mark that it met may
  /// have been of the node's start before.
  private void obey(WorkerOrders.Intake wanted) {
    try {
      // The first answer may come before all parts are there.
      isReady.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    switch (wanted) {
      case OPEN -> {
        isBarred = false;
        intake.open();
      }
      case DRAIN -> {
        if (intake.isOpen()) {
          drain();
        } else if (!isBarred) {
          isBarred = true;
          presence.wake();
        }
      }
      case AS_BEFORE -> {}
    }
  }

  private void drain() {
    if (!isDraining) {
      log.atInfo().log("the node is drained, so no more builds are taken");
      takeNothingMore();
    }
  }

  /// In this order: once the last step is done, nothing can begin any more.
  private void takeNothingMore() {
    commands.drain();
    intake.end();
    slots.end();
    isDraining = true;
    presence.wake();
  }

  private void slotsChanged() {
    intake.adjust(slots.free());
    presence.wake();
  }

  private WorkerBeat beat() {
    // Read first: who drains and has all slots free will never take one again.
    boolean drains = isDraining || isBarred;
    return new WorkerBeat(
        WorkerBeat.VERSION,
        worker,
        config.node(),
        slots.total(),
        slots.free(),
        drains,
        confinement.shown());
  }

  /// Takes nothing new, interrupts what runs, and closes when that has ended.
  @Override
  public void close() {
    takeNothingMore();
    commands.close();
    try {
      if (!slots.awaitAll(STOP_SECONDS_MAX)) {
        log.atWarn().log("builds did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parts.close();
  }
}
