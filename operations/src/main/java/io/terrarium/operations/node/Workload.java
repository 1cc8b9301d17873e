package io.terrarium.operations.node;

import io.terrarium.contracts.internal.NodeBuilds;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.kernel.sidekiq.SidekiqProcesses;
import java.util.ArrayList;
import java.util.List;

/// What a node has in hand, and which of its workers still take more.
record Workload(NodeBuilds builds, List<SidekiqProcesses.Member> jobs) {
  Workload {
    jobs = List.copyOf(jobs);
  }

  int slots() {
    return builds.workers().stream().mapToInt(WorkerBeat::slots).sum();
  }

  int free() {
    return builds.workers().stream().mapToInt(WorkerBeat::free).sum();
  }

  long busyJobs() {
    return jobs.stream().mapToLong(SidekiqProcesses.Member::busy).sum();
  }

  /// What must come to its end before the node is idle and stays so; empty when it is. A worker
  /// that says that it takes nothing more never does again, so what is free then is free for good.
  List<String> inTheWay() {
    List<String> left = new ArrayList<>();
    long open = builds.workers().stream().filter(worker -> !worker.draining()).count();
    int building = Math.max(slots() - free(), builds.held());
    long loud = jobs.stream().filter(process -> !process.isQuiet()).count();
    add(left, open, "build worker that still takes builds", "build workers that still take builds");
    add(left, building, "build", "builds");
    add(
        left,
        loud,
        "sidekiq process that still takes jobs",
        "sidekiq processes that still take jobs");
    add(left, busyJobs(), "job", "jobs");
    return left;
  }

  private static void add(List<String> left, long count, String one, String many) {
    if (count > 0) {
      left.add(count + " " + (count == 1 ? one : many));
    }
  }
}
