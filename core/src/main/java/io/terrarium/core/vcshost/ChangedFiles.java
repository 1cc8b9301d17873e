package io.terrarium.core.vcshost;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Names of files that have changed, old and new names of moved ones alike.
///
/// @param isComplete false where there may be more than are listed
public record ChangedFiles(List<String> files, boolean isComplete) {
  /// No more are ever listed.
  public static final int MAX = 3_000;

  /// Nothing is known.
  public static final ChangedFiles UNKNOWN = new ChangedFiles(List.of(), false);

  public ChangedFiles {
    files = List.copyOf(files);
  }

  /// Each name once, and no more than are allowed.
  static ChangedFiles of(Collection<String> names, boolean isComplete) {
    Set<String> distinct = new LinkedHashSet<>(names);
    return new ChangedFiles(
        distinct.stream().limit(MAX).toList(), isComplete && distinct.size() <= MAX);
  }
}
