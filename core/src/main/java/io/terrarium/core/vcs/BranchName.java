package io.terrarium.core.vcs;

import java.util.regex.Pattern;

/// What Git lets a branch be called ("git check-ref-format").
public final class BranchName {
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|^/|/$|\\.$|^-|^@$");
  private static final Pattern BAD_PART = Pattern.compile("(^|/)\\.|\\.lock(/|$)");

  private BranchName() {}

  /// Also of "", which stands for the default branch.
  public static boolean isPossible(String name) {
    return !FORBIDDEN.matcher(name).find() && !BAD_PART.matcher(name).find();
  }
}
