package io.terrarium.core;

/// Patterns of SQL's LIKE from what people type.
public final class LikePattern {
  private LikePattern() {}

  /// Matches what contains `part`.
  public static String containing(String part) {
    return "%" + literal(part) + "%";
  }

  /// `text` as itself in a pattern.
  public static String literal(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
