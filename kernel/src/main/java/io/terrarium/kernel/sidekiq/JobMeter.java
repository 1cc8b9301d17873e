package io.terrarium.kernel.sidekiq;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.terrarium.kernel.metrics.KnownNames;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Times the jobs that a process does, by queue, class and how they ended.
final class JobMeter {
  // Whoever may write to Redis chooses the class of a job.
  private final KnownNames classes = new KnownNames();

  // Without a registry within it, it counts nothing.
  private volatile MeterRegistry registry = new CompositeMeterRegistry();

  /// How a job ended.
  enum End {
    DONE,
    FAILED,
    MALFORMED
  }

  void measureIn(MeterRegistry counts) {
    registry = counts;
  }

  void ended(String queue, String className, End end, long nanos) {
    Timer.builder("sidekiq.jobs")
        .description("Jobs that came to an end in this process")
        .tag("queue", queue)
        .tag("class", classes.of(className))
        .tag("end", end.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
