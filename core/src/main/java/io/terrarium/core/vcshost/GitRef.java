package io.terrarium.core.vcshost;

import java.util.Optional;

/// A branch or tag by its short name.
record GitRef(boolean isTag, String name) {
  private static final String BRANCHES = "refs/heads/";
  private static final String TAGS = "refs/tags/";

  /// Empty for what is neither, such as notes.
  static Optional<GitRef> of(String ref) {
    if (ref.startsWith(BRANCHES) && ref.length() > BRANCHES.length()) {
      return Optional.of(new GitRef(false, ref.substring(BRANCHES.length())));
    }
    if (ref.startsWith(TAGS) && ref.length() > TAGS.length()) {
      return Optional.of(new GitRef(true, ref.substring(TAGS.length())));
    }
    return Optional.empty();
  }
}
