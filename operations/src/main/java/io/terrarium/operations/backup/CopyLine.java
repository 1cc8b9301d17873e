package io.terrarium.operations.backup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of PostgreSQL's COPY in its text format, as fields; null stands for NULL.
final class CopyLine {
  private static final String NULL = "\\N";
  private static final String ESCAPED = "\b\f\n\r\t\u000b\\";
  private static final String ESCAPES = "bfnrtv\\";

  private CopyLine() {}

  static List<@Nullable String> fields(String line) {
    List<@Nullable String> fields = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      fields.add(field.equals(NULL) ? null : clear(field));
    }
    return fields;
  }

  static String of(List<@Nullable String> fields) {
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < fields.size(); at++) {
      String field = fields.get(at);
      line.append(at == 0 ? "" : "\t");
      if (field == null) {
        line.append(NULL);
      } else {
        escape(field, line);
      }
    }
    return line.toString();
  }

  private static String clear(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder clear = new StringBuilder(field.length());
    for (int at = 0; at < field.length(); at++) {
      char next = field.charAt(at);
      if (next == '\\' && at + 1 < field.length()) {
        at++;
        int known = ESCAPES.indexOf(field.charAt(at));
        clear.append(known < 0 ? field.charAt(at) : ESCAPED.charAt(known));
      } else {
        clear.append(next);
      }
    }
    return clear.toString();
  }

  private static void escape(String field, StringBuilder line) {
    for (int at = 0; at < field.length(); at++) {
      int special = ESCAPED.indexOf(field.charAt(at));
      if (special < 0) {
        line.append(field.charAt(at));
      } else {
        line.append('\\').append(ESCAPES.charAt(special));
      }
    }
  }
}
