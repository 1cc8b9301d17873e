package io.terrarium.atlas.ui.frame;

import java.util.List;
import java.util.Locale;

/// How sizes are said to people.
public final class Sizes {
  private static final List<String> UNITS = List.of("KB", "MB", "GB");
  private static final double STEP = 1024;

  private Sizes() {}

  public static String words(long bytes) {
    if (bytes < STEP) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    double size = bytes;
    int unit = -1;
    while (size >= STEP && unit < UNITS.size() - 1) {
      size /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
  }
}
