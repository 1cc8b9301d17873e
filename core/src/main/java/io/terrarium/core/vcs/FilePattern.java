package io.terrarium.core.vcs;

import java.util.List;

/// A pattern of file names, as the documents of Terraform Enterprise have it: `*` is any part of a
/// name, `?` one character, `**` between slashes any number of directories. It starts at the root
/// of the repository, and files whose name begins with a dot are as any other. Matching takes no
/// more steps than the product of both lengths.
record FilePattern(List<String> parts) {
  private static final String ANY_DEPTH = "**";

  FilePattern {
    parts = List.copyOf(parts);
  }

  static FilePattern of(String text) {
    return new FilePattern(List.of(text.replaceFirst("^/+", "").split("/", -1)));
  }

  boolean matches(String file) {
    String[] names = file.split("/", -1);
    // reached[i]: the parts so far can be met by the first i names.
    boolean[] reached = new boolean[names.length + 1];
    reached[0] = true;
    for (String part : parts) {
      reached = part.equals(ANY_DEPTH) ? anyFurther(reached) : oneFurther(reached, part, names);
    }
    return reached[names.length];
  }

  private static boolean[] anyFurther(boolean[] reached) {
    boolean[] next = new boolean[reached.length];
    boolean isReached = false;
    for (int i = 0; i < reached.length; i++) {
      isReached |= reached[i];
      next[i] = isReached;
    }
    return next;
  }

  private static boolean[] oneFurther(boolean[] reached, String part, String[] names) {
    boolean[] next = new boolean[reached.length];
    for (int i = 0; i < names.length; i++) {
      next[i + 1] = reached[i] && isName(part, names[i]);
    }
    return next;
  }

  /// Goes back to the last `*` alone, which is enough.
  private static boolean isName(String part, String name) {
    int at = 0;
    int star = -1;
    int resume = 0;
    for (int i = 0; i < name.length(); ) {
      if (at < part.length() && part.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < part.length()
          && (part.charAt(at) == '?' || part.charAt(at) == name.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    return part.substring(at).chars().allMatch(rest -> rest == '*');
  }
}
