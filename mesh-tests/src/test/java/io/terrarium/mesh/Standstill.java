package io.terrarium.mesh;

import java.util.List;

/// Processes that stand still until it is closed.
record Standstill(List<Long> pids) implements AutoCloseable {
  Standstill {
    pids = List.copyOf(pids);
    pids.forEach(pid -> Interrupts.send("STOP", pid));
  }

  @Override
  public void close() {
    pids.forEach(pid -> Interrupts.send("CONT", pid));
  }
}
