package io.terrarium.core.run;

import java.util.List;

/// The ids of a run's events and of its comments, the oldest first.
public record HistoryIds(List<String> events, List<String> comments) {
  static final HistoryIds NONE = new HistoryIds(List.of(), List.of());
}
