package io.terrarium.operations.metrics;

import io.terrarium.contracts.internal.BuildContainers;
import io.terrarium.kernel.metrics.Container;
import io.terrarium.kernel.metrics.Measure;
import io.terrarium.kernel.runtime.Release;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The series of one container, be it of a service or of a build.
final class ContainerSamples {
  private static final String PREFIX = "tfe.container.";

  private ContainerSamples() {}

  static List<Sample> of(Container container) {
    return samples(
        Map.of("id", container.id(), "name", container.name(), "image", container.image()),
        container.measures());
  }

  static List<Sample> of(BuildContainers.Build build) {
    String phase = build.phase().wire();
    return samples(
        Map.of(
            "id", build.id(),
            "name", build.runId().value() + "-" + phase,
            "image", "terrarium:" + Release.VERSION,
            "run_type", phase,
            "run_id", build.runId().value(),
            "workspace_name", build.workspaceName(),
            "organization_name", build.organizationName()),
        build.measures());
  }

  private static List<Sample> samples(Map<String, String> labels, Map<Measure, Long> measures) {
    return measures.entrySet().stream()
        .map(entry ->
            new Sample(
                PREFIX + entry.getKey().wire(),
                entry.getKey().kind(),
                new TreeMap<>(labels),
                entry.getValue()))
        .toList();
  }
}
