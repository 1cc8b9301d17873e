package io.terrarium.terrarium.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Memory, looked at while something is done.
///
/// @param beforeMb what it was at first
/// @param seenMb what it was each time; empty where the system does not tell
record MemoryWatch(double beforeMb, List<Double> seenMb) {
  private static final long LOOK_MILLIS = 250;

  static MemoryWatch during(Workbench bench, Supplier<Optional<Double>> memoryMb, Runnable work) {
    List<Double> seen = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    double before = memoryMb.get().orElse(0.0);
    Crowd.act(
        2,
        number -> {
          if (number == 0) {
            try {
              work.run();
            } finally {
              done.set(true);
            }
          } else {
            while (!done.get()) {
              memoryMb.get().ifPresent(seen::add);
              bench.pause(LOOK_MILLIS);
            }
          }
        });
    return new MemoryWatch(before, List.copyOf(seen));
  }

  /// What it was at most; empty where the system does not tell.
  Optional<Double> mostMb() {
    return seenMb.stream().max(Double::compare);
  }

  /// How much more it was at most; empty where the system does not tell.
  Optional<Double> growthMb() {
    return mostMb().map(most -> Math.max(0, most - beforeMb));
  }
}
