package io.terrarium.kernel.sidekiq;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.terrarium.kernel.metrics.Measured;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes jobs from the queues and does them, as one of any number of processes: fetchers take, a
/// heart beats and rescues the jobs of the dead, a poller moves what is due.
public final class SidekiqProcess implements AutoCloseable, Measured {
  private static final Logger LOG = LoggerFactory.getLogger(SidekiqProcess.class);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

  private final SidekiqOptions options;
  private final Outage outage = new Outage();
  private final WorkInProgress work = new WorkInProgress();
  private final Ledger ledger;
  private final Heart heart;
  private final Rescue rescue;
  private final ScheduledPoller poller;
  private final JobRunner runner;
  private final List<QueueFetcher> fetchers = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread heartThread;
  private final Thread pollerThread;
  private final BooleanSupplier mayBegin;
  private volatile boolean isQuiet;
  private volatile boolean isBarred;
  private volatile boolean hasEnded;
  private volatile boolean hasBegun;

  private SidekiqProcess(
      Redis redis, SidekiqOptions options, Membership membership, SidekiqHandler handler) {
    this.options = options;
    mayBegin = membership.mayBegin();
    ledger = new Ledger(redis, options.identity());
    heart = new Heart(redis, options, membership.labels(), work);
    rescue = new Rescue(redis, options, ledger, work);
    poller = new ScheduledPoller(redis, options);
    runner = new JobRunner(options, handler, ledger, work, outage, poller);
    options
        .slots()
        .forEach((queue, slots) ->
            fetchers.add(
                new QueueFetcher(
                    redis, outage, queue, ledger.privateList(queue), slots, runner::begin)));
    heartThread = Thread.ofVirtual().name("sidekiq-heart").unstarted(this::live);
    pollerThread = Thread.ofVirtual().name("sidekiq-poller").unstarted(this::poll);
  }

  /// What a process belongs to.
  ///
  /// @param labels by which others find it; Sidekiq's own word
  /// @param mayBegin asked before the first job, and again with each beat while it says no
  public record Membership(List<String> labels, BooleanSupplier mayBegin) {
    static final Membership NONE = new Membership(List.of(), () -> true);

    public Membership {
      labels = List.copyOf(labels);
    }
  }

  /// Starts to work; waits for Redis in the background, if it is away.
  public static SidekiqProcess start(Redis redis, SidekiqOptions options, SidekiqHandler handler) {
    return start(redis, options, Membership.NONE, handler);
  }

  /// The same as one of a group, which may keep it from beginning.
  public static SidekiqProcess start(
      Redis redis, SidekiqOptions options, Membership membership, SidekiqHandler handler) {
    SidekiqProcess process = new SidekiqProcess(redis, options, membership, handler);
    process.heartThread.start();
    process.pollerThread.start();
    return process;
  }

  public String identity() {
    return options.identity();
  }

  /// How many jobs are in hand.
  public int busy() {
    return work.size();
  }

  @Override
  public void measureIn(MeterRegistry registry) {
    runner.meter().measureIn(registry);
    Gauge.builder("sidekiq.jobs.busy", work, WorkInProgress::size)
        .description("Jobs in hand")
        .register(registry);
  }

  /// Whether it takes nothing new.
  public boolean isQuiet() {
    return isQuiet;
  }

  /// Takes nothing new from now on; what is in hand goes on.
  public synchronized void quiet() {
    if (isQuiet) {
      return;
    }
    try {
      for (QueueFetcher fetcher : fetchers) {
        fetcher.quiet();
      }
      hasEnded = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Not before, or others would be told so while a fetch that is under way takes one more job.
    isQuiet = true;
    LOG.atInfo().addKeyValue("process", identity()).log("sidekiq process is quiet");
  }

  /// Whether it works, or is quiet.
  ///
  /// @throws IllegalStateException once somebody has stopped it
  public void check() {
    if (isClosing()) {
      throw new IllegalStateException(
          "sidekiq process was stopped by Sidekiq's page or API: start the service again");
    }
  }

  /// Waits for the jobs in hand, interrupts those that outlast the grace, and puts them back. A
  /// second caller returns when the first has done so.
  @Override
  public void close() {
    synchronized (closing) {
      if (!isClosing()) {
        end();
      }
    }
  }

  private void end() {
    quiet();
    try {
      work.awaitNone(options.grace());
      runner.stopping();
      closing.countDown();
      work.interruptAll();
      work.awaitNone(AFTER_INTERRUPT);
      pollerThread.interrupt();
      heartThread.interrupt();
      pollerThread.join();
      heartThread.join();
    } catch (InterruptedException e) {
      closing.countDown();
      Thread.currentThread().interrupt();
    }
    leave();
  }

  private void leave() {
    try {
      for (String queue : options.slots().keySet()) {
        // The newest first, so that the oldest ends up where it is taken next.
        ledger.taken(queue).forEach(payload -> ledger.putBack(queue, payload));
      }
      heart.stop();
    } catch (RedisFault fault) {
      LOG.atWarn()
          .addKeyValue("reason", fault.getMessage())
          .log("redis is away at the end; another process will put the jobs back");
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /// The first beat comes before the first job, or others could take the process for dead.
  private void live() {
    if (!outage.outlast(this::beat, this::isClosing)) {
      return;
    }
    try {
      while (!closing.await(
          options.heartbeat().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
        outage.outlast(this::beat, this::isClosing);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says that it is quiet only once nothing can be taken any more: whoever waits for the end of
  /// what it has in hand then sees all of it.
  private void beat() {
    heart.beat(hasEnded || isBarred).ifPresent(this::obey);
    rescue.recover();
    rescue.reconcile();
    if (!hasBegun && !isQuiet) {
      begin();
    }
  }

  private synchronized void begin() {
    if (isQuiet) {
      return;
    }
    boolean wasBarred = isBarred;
    isBarred = !mayBegin.getAsBoolean();
    if (!isBarred && wasBarred) {
      // Others were told that it is quiet, and may count on it until they are told otherwise.
      heart.beat(false).ifPresent(this::obey);
      isBarred = !mayBegin.getAsBoolean();
    }
    if (!isBarred) {
      hasBegun = true;
      fetchers.forEach(QueueFetcher::start);
    }
  }

  /// Sidekiq's web page and API ask a process to become quiet (`TSTP`), to stop (`TERM`) or to say
  /// what it does (`TTIN`). It ends as it does when it is closed; only whoever started the program
  /// around it can end that.
  private void obey(String signal) {
    LOG.atWarn().addKeyValue("signal", signal).log("sidekiq process was sent a signal");
    switch (signal) {
      case "TSTP" -> Thread.ofVirtual().name("sidekiq-quiet").start(this::quiet);
      case "TERM" -> Thread.ofVirtual().name("sidekiq-stop").start(this::close);
      case "TTIN" -> work.pieces().forEach(SidekiqProcess::tell);
      default -> LOG.atWarn().addKeyValue("signal", signal).log("signal means nothing here");
    }
  }

  private static void tell(WorkInProgress.Piece piece) {
    LOG.atWarn()
        .addKeyValue("queue", piece.queue())
        .addKeyValue("since", piece.since())
        .addKeyValue("stack", String.valueOf(List.of(piece.thread().getStackTrace())))
        .log("sidekiq process is at work on a job");
  }

  private void poll() {
    try {
      while (!isClosing()) {
        boolean isDone =
            outage.outlast(
                () -> {
                  poller.poll();
                  sleepUntilDue();
                },
                this::isClosing);
        if (!isDone) {
          return;
        }
      }
    } finally {
      LOG.atDebug().addKeyValue("process", identity()).log("poller ended");
    }
  }

  private void sleepUntilDue() {
    try {
      poller.sleep();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
