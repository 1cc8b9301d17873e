package io.terrarium.contracts.internal;

import java.util.List;

/// What the build workers of a node have in hand, as atlas knows it.
///
/// @param workers as each beat last, but those that are silent
/// @param held phases that they have claimed and not ended, those of silent ones included
public record NodeBuilds(int v, List<WorkerBeat> workers, int held) {
  public static final int VERSION = 1;

  public NodeBuilds {
    workers = List.copyOf(workers);
  }
}
