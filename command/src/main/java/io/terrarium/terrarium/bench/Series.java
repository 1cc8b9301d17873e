package io.terrarium.terrarium.bench;

import java.util.Arrays;

/// Values of one kind, of which the middle or the worst is told.
final class Series {
  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /// Milliseconds since `System.nanoTime()` was `begin`.
  void addSince(long begin) {
    add((System.nanoTime() - begin) / 1e6);
  }

  void addAll(Series others) {
    for (int i = 0; i < others.size; i++) {
      add(others.values[i]);
    }
  }

  int size() {
    return size;
  }

  double median() {
    return percentile(50);
  }

  /// The least value that `percent` of all do not exceed.
  double percentile(double percent) {
    if (size == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * size);
    return sorted[Math.max(rank, 1) - 1];
  }
}
