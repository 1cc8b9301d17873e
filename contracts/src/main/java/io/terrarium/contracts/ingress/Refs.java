package io.terrarium.contracts.ingress;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Branches and tags, by their short names, and the commits that they lead to.
///
/// @param defaultBranch absent in an empty repository
public record Refs(
    int v, @Nullable String defaultBranch, Map<String, String> branches, Map<String, String> tags) {
  public static final int VERSION = 1;

  public Refs {
    branches = Map.copyOf(branches);
    tags = Map.copyOf(tags);
  }
}
