package io.terrarium.kernel.metrics;

import java.util.Map;

/// A process of the mesh, with what can be measured of it on this platform; what cannot is absent.
///
/// @param id drawn at each start of the process
/// @param name of its service, or of the whole mesh where one process has all services
/// @param image and its release
public record Container(String id, String name, String image, Map<Measure, Long> measures) {
  public Container {
    measures = Map.copyOf(measures);
  }
}
