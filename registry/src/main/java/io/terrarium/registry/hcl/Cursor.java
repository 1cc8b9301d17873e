package io.terrarium.registry.hcl;

import java.util.function.Supplier;

/// A place in the text of a file, and how to go on from there. Whether a new line is a space like
/// others depends on the brackets around.
final class Cursor {
  /// Beyond the end of the text, and nowhere in it.
  static final char END = '\0';

  private static final int DEPTH_MAX = 250;

  private final String file;
  private final String text;
  private int at;
  private int depth;
  private boolean acrossLines;
  private int countedTo;
  private int countedLine = 1;

  Cursor(String file, String text) {
    this.file = file;
    this.text = text;
    int nul = text.indexOf(END);
    if (nul >= 0) {
      throw fault(nul, "the character U+0000 is not allowed here");
    }
  }

  String file() {
    return file;
  }

  int at() {
    return at;
  }

  void back(int to) {
    at = to;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char current() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  boolean isAt(String word) {
    return text.startsWith(word, at);
  }

  boolean atNewLine() {
    return current() == '\n' || (current() == '\r' && peek(1) == '\n');
  }

  void advance(int characters) {
    at += characters;
  }

  String between(int from, int to) {
    return text.substring(from, to);
  }

  /// The rest of the line, without its end.
  String restOfLine() {
    int end = text.indexOf('\n', at);
    return text.substring(at, end < 0 ? text.length() : end);
  }

  boolean take(char wanted) {
    if (current() != wanted || atEnd()) {
      return false;
    }
    at++;
    return true;
  }

  boolean take(String wanted) {
    if (!isAt(wanted)) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  /// Behind spaces and comments, `wanted` must stand.
  void expect(char wanted, String where) {
    skip();
    if (!take(wanted)) {
      throw fault("%s needs '%s', not %s".formatted(where, wanted, found()));
    }
  }

  /// Passes over spaces and comments, and over new lines where they are spaces.
  void skip() {
    while (!atEnd()) {
      char c = current();
      if (c == ' ' || c == '\t') {
        at++;
      } else if (acrossLines && atNewLine()) {
        newLine();
      } else if (c == '#' || isAt("//")) {
        at += restOfLine().length() - (restOfLine().endsWith("\r") ? 1 : 0);
      } else if (isAt("/*")) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw fault("a comment begins that has no end; close it by */");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  /// Passes over new lines, too.
  void skipLines() {
    across(
        true,
        () -> {
          skip();
          return text;
        });
  }

  void newLine() {
    at += current() == '\r' ? 2 : 1;
  }

  /// Reads while new lines are spaces, or while they are not.
  <T> T across(boolean lines, Supplier<T> read) {
    boolean before = acrossLines;
    acrossLines = lines;
    try {
      return read.get();
    } finally {
      acrossLines = before;
    }
  }

  /// Reads one level deeper.
  <T> T deeper(Supplier<T> read) {
    if (depth == DEPTH_MAX) {
      throw fault("this is nested more than %d levels deep".formatted(DEPTH_MAX));
    }
    depth++;
    try {
      return read.get();
    } finally {
      depth--;
    }
  }

  boolean atIdentifier() {
    int c = atEnd() ? END : text.codePointAt(at);
    return c == '_' || (c != END && Character.isUnicodeIdentifierStart(c));
  }

  /// A name, which must begin here.
  String identifier(String where) {
    if (!atIdentifier()) {
      throw fault("%s needs a name, not %s".formatted(where, found()));
    }
    int from = at;
    while (!atEnd() && isPartOfIdentifier(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(from, at);
  }

  /// Whether the whole word here is `word`.
  boolean atWord(String word) {
    int end = at + word.length();
    return isAt(word) && (end >= text.length() || !isPartOfIdentifier(text.codePointAt(end)));
  }

  static boolean isIdentifier(String text) {
    Cursor cursor = new Cursor("", text);
    return cursor.atIdentifier() && cursor.identifier("").length() == text.length();
  }

  private static boolean isPartOfIdentifier(int c) {
    return c == '-'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /// What stands here, for people.
  String found() {
    if (atEnd()) {
      return "the end of the file";
    }
    if (atNewLine()) {
      return "the end of the line";
    }
    return "'" + Character.toString(text.codePointAt(at)) + "'";
  }

  HclFault fault(String what) {
    return fault(at, what);
  }

  HclFault fault(int place, String what) {
    return new HclFault(file, line(place), what);
  }

  /// Counts on from where it was asked last: files are read from their beginning to their end.
  int line(int place) {
    int until = Math.min(place, text.length());
    if (until < countedTo) {
      countedTo = 0;
      countedLine = 1;
    }
    for (; countedTo < until; countedTo++) {
      if (text.charAt(countedTo) == '\n') {
        countedLine++;
      }
    }
    return countedLine;
  }
}
