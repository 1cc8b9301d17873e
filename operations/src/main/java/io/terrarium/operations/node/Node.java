package io.terrarium.operations.node;

import io.terrarium.contracts.node.DrainMarks;
import io.terrarium.contracts.node.NodeEntry;
import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.redis.Pause;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Release;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import io.terrarium.operations.health.MeshHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node: it beats, and it drains once it is told to.
///
/// A drain lives in its mark, not in this process. Another process of the same start of the node
/// finds the mark and goes on; one of a later start takes it away, and the node is back. No build
/// and no job is taken once the node says that it is drained: its workers have said that they take
/// nothing more and hold nothing, and those that come later ask for the mark before their first
/// step. Only one that has said nothing for so long that it counts as gone may, should it come
/// back, work until its next beat.
public final class Node implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Node.class);
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration BEAT_WHILE_DRAINING = Duration.ofSeconds(1);
  private static final Duration HEALTH_LOOK = Duration.ofSeconds(15);
  private static final Duration HEALTH_LOOK_WHILE_DOWN = Duration.ofSeconds(3);
  private static final List<String> NOT_LOOKED_YET = List.of("a first look at its work");

  private final NodeConfig config;
  private final String boot;
  private final MeshHealth health;
  private final Clock clock;
  private final RedisLink redis;
  private final Workplace work;
  private final Semaphore wake = new Semaphore(0);
  private final Thread beats = Thread.ofVirtual().name("node").unstarted(this::live);
  private final Thread looks = Thread.ofVirtual().name("node-health").unstarted(this::watch);
  private volatile boolean isOpen = true;
  private volatile boolean isDraining;
  private volatile List<String> inTheWay = NOT_LOOKED_YET;
  private volatile Map<String, String> services = Map.of();
  private volatile @Nullable Workload known;
  private volatile Instant since;
  private boolean isAdopted;
  private boolean isAway;

  private Node(NodeConfig config, MeshHealth health, Platform platform) {
    this.config = config;
    this.boot = config.boot().orElseGet(() -> platform.ids().next("boot-"));
    this.health = health;
    this.clock = platform.clock();
    this.since = clock.instant();
    redis = new RedisLink(config.redis());
    work = new Workplace(config, redis);
  }

  /// Begins to beat; waits for Redis in the background, if it is away.
  public static Node start(NodeConfig config, MeshHealth health, Platform platform) {
    Node node = new Node(config, health, platform);
    node.beats.start();
    node.looks.start();
    return node;
  }

  /// What is told of this node.
  ///
  /// @param waitingFor what keeps it from being drained, while it drains
  record Status(NodeEntry entry, List<String> waitingFor) {}

  Status status() {
    return new Status(entry(), isDraining ? inTheWay : List.of());
  }

  /// All nodes that beat.
  ///
  /// @throws RedisFault while Redis is away
  List<NodeRegister.Listed> nodes() {
    return new NodeRegister(redis.get()).list();
  }

  /// What Sidekiq's own page would show of the queues.
  ///
  /// @throws RedisFault while Redis is away
  public SidekiqStats jobs() {
    return SidekiqStats.read(redis.get(), clock.instant());
  }

  /// Begins to drain; returns once that cannot be forgotten any more.
  ///
  /// @throws RedisFault while Redis is away; then the node does not drain
  Status drain() {
    new DrainMarks(redis.get()).set(config.name(), boot);
    beginToDrain("the node begins to drain");
    wake.release();
    return status();
  }

  /// Whether Redis answers.
  public void check() {
    redis.get().check();
  }

  boolean isDraining() {
    return isDraining;
  }

  private synchronized void beginToDrain(String why) {
    if (!isDraining) {
      inTheWay = NOT_LOOKED_YET;
      isDraining = true;
      log.atInfo().addKeyValue("node", config.name()).addKeyValue("boot", boot).log(why);
    }
  }

  private void live() {
    try {
      while (isOpen) {
        turn();
        Duration pause = isDraining ? BEAT_WHILE_DRAINING : BEAT;
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The outermost loop: a turn that failed is made again.
  private void turn() {
    try {
      adopt();
      if (isDraining) {
        new DrainMarks(redis.get()).set(config.name(), boot);
        work.quietJobs();
      }
      look();
      new NodeRegister(redis.get()).beat(entry());
      isAway = false;
    } catch (RedisFault fault) {
      inTheWay = List.of("Redis, which does not answer");
      if (!isAway && isOpen) {
        isAway = true;
        log.atWarn().addKeyValue("reason", fault.getMessage()).log("redis is away, no beat");
      }
    } catch (RuntimeException e) {
      if (isOpen) {
        log.atError().setCause(e).log("a beat of the node failed and is repeated");
      }
    }
  }

  /// What is left in Redis of a process before this one.
  private void adopt() {
    if (isAdopted) {
      return;
    }
    DrainMarks marks = new DrainMarks(redis.get());
    Optional<String> marked = marks.boot(config.name());
    if (marked.filter(boot::equals).isPresent()) {
      beginToDrain("the drain of the node is taken up again");
    } else if (marked.isPresent() && !isDraining) {
      marks.clear(config.name());
      log.atInfo().addKeyValue("node", config.name()).log("the node is back after its drain");
    }
    new NodeRegister(redis.get())
        .find(config.name())
        .filter(entry -> entry.boot().equals(boot))
        .ifPresent(entry -> since = entry.since());
    isAdopted = true;
  }

  /// A look that began before the drain says nothing of its end.
  private void look() {
    boolean isForDrain = isDraining;
    List<String> left;
    try {
      Workload now = work.look();
      known = now;
      left = now.inTheWay();
    } catch (ServiceFault fault) {
      left = List.of("atlas, which does not say what is built here");
    }
    if (isForDrain) {
      if (left.isEmpty() && !inTheWay.isEmpty()) {
        log.atInfo().addKeyValue("node", config.name()).log("the node is drained");
      }
      inTheWay = left;
    }
  }

  private NodeEntry entry() {
    Workload last = known;
    NodeEntry.Drain drain = NodeEntry.Drain.NONE;
    if (isDraining) {
      drain = inTheWay.isEmpty() ? NodeEntry.Drain.DRAINED : NodeEntry.Drain.DRAINING;
    }
    return new NodeEntry(
        config.name(),
        Release.VERSION,
        boot,
        since,
        services,
        last == null ? 0 : last.slots(),
        last == null ? 0 : last.free(),
        last == null ? 0 : last.busyJobs(),
        drain);
  }

  private void watch() {
    do {
      try {
        services = health.report().statuses();
      } catch (IllegalStateException e) {
        if (isOpen) {
          log.atWarn().setCause(e).log("the services of the node could not be looked at");
        }
      }
    } while (isOpen && Pause.of(isAllUp() ? HEALTH_LOOK : HEALTH_LOOK_WHILE_DOWN));
  }

  private boolean isAllUp() {
    return services.values().stream().allMatch("UP"::equals);
  }

  @Override
  public void close() {
    isOpen = false;
    beats.interrupt();
    looks.interrupt();
    work.close();
    redis.close();
  }
}
