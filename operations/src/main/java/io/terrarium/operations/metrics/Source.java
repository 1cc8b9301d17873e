package io.terrarium.operations.metrics;

import java.util.List;
import java.util.Map;

/// Somebody who knows some of the series.
interface Source {
  /// In the log.
  String name();

  /// Samples by what they tell of: those of a new look take the place of the old ones of the same
  /// name.
  ///
  /// @throws RuntimeException when there is no answer
  Map<String, List<Sample>> look() throws InterruptedException;
}
