package io.terrarium.registry.extraction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which names files and directories may have. An archive can hold any; a directory cannot, and
/// neither can an index of PostgreSQL.
final class Names {
  private static final int BYTES_MAX = 255;
  private static final int SHOWN_CHARACTERS_MAX = 100;

  private Names() {}

  /// @throws SlugFault where nothing can be called so
  static void requireUsable(String path) {
    if (path.indexOf('\0') >= 0 || Arrays.stream(path.split("/")).anyMatch(Names::isTooLong)) {
      String shown = path.replaceAll("(?U)\\p{Cntrl}", "?");
      throw new SlugFault(
          "The archive has a name that no file can have: "
              + (shown.length() <= SHOWN_CHARACTERS_MAX
                  ? shown
                  : shown.substring(0, SHOWN_CHARACTERS_MAX) + "…"));
    }
  }

  private static boolean isTooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX;
  }
}
