package io.terrarium.contracts.internal;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.metrics.Measure;
import java.util.List;
import java.util.Map;

/// What the builds of a worker use just now.
public record BuildContainers(int v, List<Build> builds) {
  public static final int VERSION = 1;

  public BuildContainers {
    builds = List.copyOf(builds);
  }

  /// One build. What cannot be had on the worker's platform is not among the measures.
  ///
  /// @param id of the phase
  public record Build(
      String id,
      RunId runId,
      Phase phase,
      String workspaceName,
      String organizationName,
      Map<Measure, Long> measures) {
    public Build {
      measures = Map.copyOf(measures);
    }
  }
}
