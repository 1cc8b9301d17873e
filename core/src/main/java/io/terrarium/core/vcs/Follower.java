package io.terrarium.core.vcs;

import com.google.re2j.Pattern;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.vcshost.ChangedFiles;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A workspace that follows a repository: of which of its news it wants to know.
///
/// @param branch "" for the default branch
/// @param tagsRegex where set, tags matter, and pushes to branches do not
/// @param isAwake whether it has had a run, or wants one for everything
/// @param hasSpeculativeRunsManaged whether newer commits end the runs of older ones
record Follower(
    long key,
    WorkspaceId id,
    String name,
    String branch,
    boolean submodules,
    @Nullable String tagsRegex,
    FileRule files,
    boolean isAwake,
    boolean isSpeculative,
    boolean hasSpeculativeRunsManaged,
    boolean wantsPassingStatuses) {

  private static final int EVERYTHING = 300;

  /// Which files matter.
  ///
  /// @param isOn whether any file at all is asked for
  record FileRule(
      boolean isOn, String workingDirectory, List<String> prefixes, List<String> patterns) {
    FileRule {
      prefixes = List.copyOf(prefixes);
      patterns = List.copyOf(patterns);
    }

    /// Whether it must be known what has changed.
    boolean asks() {
      return isOn && (!patterns.isEmpty() || !prefixes.isEmpty() || !workingDirectory.isEmpty());
    }

    /// Where not all is known, or as much has changed as hosts tell at most, everything matters.
    boolean isMetBy(ChangedFiles changed) {
      if (!asks() || !changed.isComplete() || changed.files().size() >= EVERYTHING) {
        return true;
      }
      return patterns.isEmpty()
          ? changed.files().stream().anyMatch(this::isBelow)
          : patterns.stream()
              .map(FilePattern::of)
              .anyMatch(pattern -> changed.files().stream().anyMatch(pattern::matches));
    }

    private boolean isBelow(String file) {
      return isBelow(file, workingDirectory)
          || prefixes.stream().anyMatch(prefix -> isBelow(file, prefix));
    }

    /// "" is no directory here: without a working directory the prefixes alone decide.
    private static boolean isBelow(String file, String directory) {
      String path = directory.replaceFirst("^\\.?/+", "").replaceFirst("/+$", "");
      return !path.isEmpty() && (file.equals(path) || file.startsWith(path + "/"));
    }
  }

  /// @param defaultBranch of the repository, empty where nobody knows it
  boolean follows(String pushed, Optional<String> defaultBranch) {
    return tagsRegex == null
        && pushed.equals(branch.isEmpty() ? defaultBranch.orElse(null) : branch);
  }

  boolean wantsTag(String tag) {
    return tagsRegex != null && Pattern.compile(tagsRegex).matcher(tag).find();
  }
}
