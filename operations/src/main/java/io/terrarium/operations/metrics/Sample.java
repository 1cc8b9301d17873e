package io.terrarium.operations.metrics;

import io.terrarium.kernel.metrics.Measure;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One series with its value now.
///
/// @param name as the documents have it, with dots
record Sample(String name, Measure.Kind kind, SortedMap<String, String> labels, double value) {
  static Sample gauge(String name, double value, Map<String, String> labels) {
    return new Sample(name, Measure.Kind.GAUGE, new TreeMap<>(labels), value);
  }
}
