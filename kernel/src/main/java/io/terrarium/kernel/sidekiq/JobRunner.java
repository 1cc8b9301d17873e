package io.terrarium.kernel.sidekiq;

import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.telemetry.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one taken job and writes down what became of it; waits for Redis with that, if it must.
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final SidekiqOptions options;
  private final SidekiqHandler handler;
  private final Ledger ledger;
  private final WorkInProgress work;
  private final Outage outage;
  private final ScheduledPoller poller;
  private final JobMeter meter = new JobMeter();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile boolean isStopping;

  JobRunner(
      SidekiqOptions options,
      SidekiqHandler handler,
      Ledger ledger,
      WorkInProgress work,
      Outage outage,
      ScheduledPoller poller) {
    this.options = options;
    this.handler = handler;
    this.ledger = ledger;
    this.work = work;
    this.outage = outage;
    this.poller = poller;
  }

  JobMeter meter() {
    return meter;
  }

  /// Whatever is not finished from now on stays in the private list.
  void stopping() {
    isStopping = true;
  }

  /// The job is among those in hand before its thread begins: else a process that stops just now
  /// could leave without it, and put it back while it is done.
  void begin(String queue, String payload, Runnable ended) {
    CompletableFuture<WorkInProgress.Piece> piece = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("sidekiq-" + queue)
            .unstarted(() -> {
              try {
                run(queue, payload);
              } finally {
                work.end(piece.join());
                ended.run();
              }
            });
    piece.complete(work.begin(queue, payload, options.clock().instant(), thread));
    thread.start();
  }

  private void run(String queue, String payload) {
    try {
      SidekiqJob job = SidekiqCodec.read(payload);
      try (LogScope _ = LogScope.open(logged(job))) {
        handle(queue, payload, job);
      }
    } catch (MalformedJobException e) {
      LOG.atError()
          .addKeyValue("queue", queue)
          .addKeyValue("reason", e.getMessage())
          .log("malformed job moved to the dead set");
      work.failed.increment();
      work.processed.increment();
      meter.ended(queue, "malformed", JobMeter.End.MALFORMED, 0);
      write(() -> ledger.buryMalformed(queue, payload, e, options.clock().instant()));
    }
  }

  private Map<String, String> logged(SidekiqJob job) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(LogScope.JOB_ID, job.jid());
    fields.put("job_class", job.className());
    job.text(TraceContext.HEADER)
        .flatMap(TraceContext::of)
        .ifPresent(place -> fields.put(LogScope.TRACE_ID, place.traceId()));
    fields.putAll(handler.logged(job));
    return fields;
  }

  /// The outermost loop of a job: whatever its handler throws, errors of the JVM too, is a failure
  /// of the job and must not end the process.
  @SuppressWarnings("CatchingUnchecked")
  private void handle(String queue, String payload, SidekiqJob job) {
    long begun = System.nanoTime();
    try {
      handler.handle(job);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      if (isStopping) {
        return;
      }
      work.processed.increment();
      work.failed.increment();
      meter.ended(queue, job.className(), JobMeter.End.FAILED, System.nanoTime() - begun);
      failed(queue, payload, job, e);
      return;
    }
    work.processed.increment();
    meter.ended(queue, job.className(), JobMeter.End.DONE, System.nanoTime() - begun);
    write(() -> ledger.done(queue, payload));
    LOG.atInfo()
        .addKeyValue("queue", queue)
        .addKeyValue("duration_ms", (System.nanoTime() - begun) / NANOS_IN_MILLI)
        .log("job done");
  }

  private void failed(String queue, String payload, SidekiqJob job, Throwable error) {
    switch (Outcome.of(job, error, options.clock().instant(), random, handler::retryIn)) {
      case Outcome.Retry(SidekiqJob again, var time) -> {
        LOG.atWarn()
            .setCause(error)
            .addKeyValue("retry_count", again.failures() - 1)
            .addKeyValue("retry_at", time)
            .log("job failed, it will be tried again");
        tell(() -> handler.willRetry(again, time));
        write(() -> ledger.retry(queue, payload, again, time));
        poller.wake();
      }
      case Outcome.Dead(SidekiqJob dead) -> {
        LOG.atError().setCause(error).log("job failed for good, it is in the dead set");
        tell(() -> handler.gaveUp(dead, error));
        write(() -> ledger.bury(queue, payload, dead, options.clock().instant()));
      }
      case Outcome.Discarded() -> {
        LOG.atError()
            .setCause(error)
            .log("job failed and is dropped, since it is not to be retried");
        tell(() -> handler.gaveUp(job, error));
        write(() -> ledger.done(queue, payload));
      }
    }
  }

  /// What the handler makes of it must not keep a job from its place.
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("the handler could not be told of a failed job");
    }
  }

  private void write(Runnable step) {
    // An interrupt was meant for the handler; what it did must be written down all the same.
    boolean wasInterrupted = Thread.interrupted();
    outage.outlast(step, () -> isStopping);
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
