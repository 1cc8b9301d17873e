package io.terrarium.core.token;

import java.util.Locale;

/// What a token speaks for.
public enum TokenKind {
  USER,
  ORGANIZATION,
  TEAM,
  RUN;

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TokenKind ofColumn(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
