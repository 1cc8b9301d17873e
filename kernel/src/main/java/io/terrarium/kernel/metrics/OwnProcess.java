package io.terrarium.kernel.metrics;

import java.util.EnumMap;
import java.util.Map;

/// What this process uses: by the group of its container where it is in one, else by itself alone,
/// without the programs that it has started. Those of a whole machine's network and disks are not
/// this process's, so they are told of in a container only.
final class OwnProcess {
  private OwnProcess() {}

  static Map<Measure, Long> measures() {
    return Cgroup.ours()
        .map(Cgroup::measures)
        .or(() -> ProcessFigures.of(ProcessHandle.current().pid()).map(OwnProcess::alone))
        .orElse(Map.of());
  }

  private static Map<Measure, Long> alone(ProcessFigures figures) {
    Map<Measure, Long> measures = new EnumMap<>(Measure.class);
    measures.put(Measure.CPU_USER, figures.own().user());
    measures.put(Measure.CPU_KERNEL, figures.own().kernel());
    measures.put(Measure.MEMORY_USED, figures.residentBytes());
    measures.put(Measure.PROCESS_COUNT, figures.threads());
    return measures;
  }
}
