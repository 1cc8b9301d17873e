package io.terrarium.contracts.ingress;

import java.util.List;

/// Files that differ between two commits, old and new names of moved ones alike.
///
/// @param isComplete false where there are more than are listed
public record Changes(int v, List<String> files, boolean isComplete) {
  public static final int VERSION = 1;

  public Changes {
    files = List.copyOf(files);
  }
}
