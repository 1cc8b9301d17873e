package io.terrarium.core.admin;

import io.terrarium.core.run.RunStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/// How many runs are in which status, by the API's words.
final class RunStatusCounts {
  private static final String NONE = "none";

  private RunStatusCounts() {}

  /// @param query of statuses and numbers
  /// @param isWithNone whether there are things without a run
  static Map<String, Long> of(Query query, boolean isWithNone) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (RunStatus status : RunStatus.values()) {
      counts.put(key(status.wire()), 0L);
    }
    if (isWithNone) {
      counts.put(NONE, 0L);
    }
    long[] total = {0};
    query
        .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> {
          counts.put(key(entry.getKey()), entry.getValue());
          total[0] += entry.getValue();
        });
    counts.put("total", total[0]);
    return counts;
  }

  private static String key(String status) {
    return status.replace('_', '-');
  }
}
