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

  static final int NAME_CHARACTERS_MAX = 4_096;

  /// Nothing is known.
  public static final ChangedFiles UNKNOWN = new ChangedFiles(List.of(), false);

  public ChangedFiles {
    files = List.copyOf(files);
  }

  /// Each name once, and no more than are allowed.
  static ChangedFiles of(Collection<String> names, boolean isComplete) {
    Set<String> distinct = new LinkedHashSet<>(names);
    boolean isWithin = distinct.size() <= MAX && distinct.stream().allMatch(ChangedFiles::isName);
    return new ChangedFiles(
        distinct.stream().filter(ChangedFiles::isName).limit(MAX).toList(), isComplete && isWithin);
  }

  /// No file system of ours takes longer ones.
  private static boolean isName(String text) {
    return text.length() <= NAME_CHARACTERS_MAX;
  }
}
