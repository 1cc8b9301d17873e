package io.terrarium.kernel.metrics;

import io.terrarium.kernel.metrics.ProcessFigures.CpuTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What programs that this process starts one after the other, or side by side, use together with
/// their descendants. What a program has used between the last look and its end is not counted.
public final class ProcessTrees {
  private final Map<ProcessHandle, CpuTime> running = new HashMap<>();
  private CpuTime ended = CpuTime.NONE;
  private long memoryLimit;

  /// @param memoryBytesMax that it may use with all others of these trees, 0 for no limit
  public synchronized void begin(ProcessHandle root, long memoryBytesMax) {
    memoryLimit = memoryBytesMax;
    running.put(root, CpuTime.NONE);
  }

  public synchronized void end(ProcessHandle root) {
    CpuTime last = running.remove(root);
    if (last != null) {
      ended = ended.plus(last);
    }
  }

  /// Notes what has been used until now.
  public synchronized void look() {
    running.replaceAll((root, before) -> used(members(root), before));
  }

  /// Empty where the platform has no `/proc`.
  public synchronized Map<Measure, Long> measures() {
    Map<Measure, Long> measures = new EnumMap<>(Measure.class);
    if (ProcessFigures.of(ProcessHandle.current().pid()).isEmpty()) {
      return measures;
    }
    CpuTime time = ended;
    long bytes = 0;
    long threads = 0;
    for (Map.Entry<ProcessHandle, CpuTime> tree : running.entrySet()) {
      List<ProcessFigures> members = members(tree.getKey());
      tree.setValue(used(members, tree.getValue()));
      time = time.plus(tree.getValue());
      bytes += members.stream().mapToLong(ProcessFigures::anonymousBytes).sum();
      threads += members.stream().mapToLong(ProcessFigures::threads).sum();
    }
    measures.put(Measure.CPU_USER, time.user());
    measures.put(Measure.CPU_KERNEL, time.kernel());
    measures.put(Measure.MEMORY_USED, bytes);
    if (memoryLimit > 0) {
      measures.put(Measure.MEMORY_LIMIT, memoryLimit);
    }
    measures.put(Measure.PROCESS_COUNT, threads);
    return measures;
  }

  private static List<ProcessFigures> members(ProcessHandle root) {
    try (Stream<ProcessHandle> descendants = root.descendants()) {
      return Stream.concat(Stream.of(root), descendants)
          .map(process -> ProcessFigures.of(process.pid()))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /// A process that has just ended may not be among what its parent has used yet, so it is not less
  /// than `before`.
  private static CpuTime used(List<ProcessFigures> members, CpuTime before) {
    return members.stream()
        .map(member -> member.own().plus(member.ended()))
        .reduce(CpuTime.NONE, CpuTime::plus)
        .atLeast(before);
  }
}
