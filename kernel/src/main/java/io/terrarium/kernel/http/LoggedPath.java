package io.terrarium.kernel.http;

import java.util.List;

/// A path as it may stand in a log or a message: whoever has a signed path may use it, so what
/// makes it one is cut off.
public final class LoggedPath {
  private static final List<String> SECRET_BEHIND = List.of("/v1/object/", "/webhooks/vcs/");

  private LoggedPath() {}

  public static String of(String path) {
    for (String prefix : SECRET_BEHIND) {
      int at = path.indexOf(prefix);
      if (at >= 0) {
        return path.substring(0, at + prefix.length()) + "…";
      }
    }
    return path;
  }
}
