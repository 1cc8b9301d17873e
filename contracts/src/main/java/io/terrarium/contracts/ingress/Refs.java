package io.terrarium.contracts.ingress;

import java.util.Map;
import java.util.Optional;
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

  /// The newest commit of a branch, by its name; empty where there is no such branch.
  ///
  /// @param branch null for the default branch
  public Optional<GitRevision> newestOf(@Nullable String branch) {
    String name = branch == null ? defaultBranch : branch;
    String commit = name == null ? null : branches.get(name);
    return commit == null ? Optional.empty() : Optional.of(new GitRevision(name, null, commit));
  }
}
