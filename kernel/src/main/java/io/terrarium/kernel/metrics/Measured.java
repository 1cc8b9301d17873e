package io.terrarium.kernel.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/// A part of a service that has something to count or to measure.
public interface Measured {
  /// Counts there from now on.
  void measureIn(MeterRegistry registry);
}
