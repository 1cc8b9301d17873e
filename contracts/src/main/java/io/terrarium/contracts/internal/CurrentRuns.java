package io.terrarium.contracts.internal;

import java.util.List;

/// How many runs are not at their end, by workspace and status.
public record CurrentRuns(int v, List<Count> counts) {
  public static final int VERSION = 1;

  public CurrentRuns {
    counts = List.copyOf(counts);
  }

  /// @param organizationName "", like the workspace's name, for all those together that are beyond
  ///   the longest list
  /// @param status as the API has it
  public record Count(String organizationName, String workspaceName, String status, long runs) {}
}
