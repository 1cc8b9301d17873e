package io.terrarium.terrarium.bench;

import java.time.Duration;
import java.util.List;

/// What a mesh costs that nobody uses.
final class Idleness {
  // The JVM goes on compiling for a while.
  private static final int REST = 2;

  private Idleness() {}

  static void measure(Stage stage) {
    ChildMesh mesh = stage.mesh();
    stage.bench().pause((long) REST * stage.sizes().idleMillis());
    stage.putMemory(Figure.RSS_IDLE_MB);
    List<ProcessHandle> processes = mesh.processes();
    Duration before = MeshProcesses.processorTime(processes);
    long begin = System.nanoTime();
    stage.bench().pause(stage.sizes().idleMillis());
    Duration used = MeshProcesses.processorTime(processes).minus(before);
    stage.put(Figure.IDLE_CPU_PERCENT, 100.0 * used.toNanos() / (System.nanoTime() - begin));
  }
}
