package io.terrarium.buildworker.engine;

/// Text in HCL.
final class Hcl {
  private Hcl() {}

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      switch (next) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '$', '%' -> {
          boolean opens = at + 1 < text.length() && text.charAt(at + 1) == '{';
          quoted.append(next).append(opens ? String.valueOf(next) : "");
        }
        default -> quoted.append(next);
      }
    }
    return quoted.append('"').toString();
  }
}
