package io.terrarium.registry.hcl;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads strings in quotes and heredocs, with the expressions within them.
final class Templates {
  private final Cursor cursor;
  private final Expressions expressions;
  private final Brackets brackets;

  Templates(Cursor cursor, Expressions expressions, Brackets brackets) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.brackets = brackets;
  }

  /// One template: its text, as long as it is text alone, and the directives that are open.
  private static final class Reading {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean isText = true;

    Constant value(String read) {
      return isText
          ? Constant.text(Normalizer.normalize(read, Normalizer.Form.NFC))
          : Constant.NONE;
    }
  }

  /// A string, whose opening quote is here.
  Constant quoted() {
    int from = cursor.at();
    cursor.advance(1);
    Reading reading = new Reading();
    while (!cursor.take('"')) {
      if (cursor.atEnd()) {
        throw cursor.fault(from, "a string begins that has no closing quote");
      }
      if (cursor.atNewLine()) {
        throw cursor.fault(
            "a string in quotes ends before the line does; use \\n, or a heredoc for more lines");
      }
      if (cursor.take('\\')) {
        escape(reading.text);
      } else {
        piece(reading);
      }
    }
    close(reading, from);
    return reading.value(reading.text.toString());
  }

  /// A string without any template, as labels are.
  String plain() {
    int from = cursor.at();
    return quoted()
        .whole()
        .map(json -> json.textValue())
        .orElseThrow(() -> cursor.fault(from, "a label must be text alone, without a template"));
  }

  private void close(Reading reading, int from) {
    @Nullable String left = reading.open.peek();
    if (left != null) {
      throw cursor.fault(from, "a template has %%{ %s } without its end".formatted(left));
    }
  }

  private void escape(StringBuilder text) {
    char c = cursor.current();
    switch (c) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case '"', '\\' -> text.append(c);
      case 'u' -> unicode(text, 4);
      case 'U' -> unicode(text, 8);
      default ->
          throw cursor.fault(
              "there is no escape \\%s; a backslash itself is \\\\"
                  .formatted(cursor.atEnd() ? "" : Character.toString(c)));
    }
    cursor.advance(1);
  }

  /// Leaves the cursor at the last digit.
  private void unicode(StringBuilder text, int digits) {
    int code = 0;
    for (int i = 1; i <= digits; i++) {
      int digit = Character.digit(cursor.peek(i), 16);
      if (digit < 0) {
        throw cursor.fault("\\u needs 4 hexadecimal digits behind it, and \\U needs 8");
      }
      code = (code << 4) | digit;
    }
    boolean isCharacter =
        Character.isValidCodePoint(code) && (code < 0xD800 || code > 0xDFFF) && code != 0;
    text.appendCodePoint(isCharacter ? code : 0xFFFD);
    cursor.advance(digits);
  }

  /// A character, an escaped template, or a template.
  private void piece(Reading reading) {
    if (cursor.isAt("$${") || cursor.isAt("%%{")) {
      reading.text.append(cursor.current()).append('{');
      cursor.advance(3);
    } else if (cursor.take("${")) {
      reading.isText = false;
      cursor.take('~');
      cursor.across(true, expressions::expression);
      closing("an interpolation");
    } else if (cursor.take("%{")) {
      reading.isText = false;
      cursor.take('~');
      cursor.across(true, () -> directive(reading.open));
      closing("a directive");
    } else {
      reading.text.append(cursor.current());
      cursor.advance(1);
    }
  }

  private void closing(String what) {
    cursor.across(
        true,
        () -> {
          cursor.skip();
          cursor.take('~');
          cursor.expect('}', what);
          return what;
        });
  }

  private String directive(Deque<String> open) {
    cursor.skip();
    String word = cursor.identifier("%{");
    switch (word) {
      case "if" -> {
        expressions.expression();
        open.push(word);
      }
      case "for" -> {
        brackets.heads();
        open.push(word);
      }
      case "else" -> {
        end(open, word, List.of("if"));
        open.push(word);
      }
      case "endif" -> end(open, word, List.of("if", "else"));
      case "endfor" -> end(open, word, List.of("for"));
      default -> throw cursor.fault("there is no directive %%{ %s }".formatted(word));
    }
    return word;
  }

  private void end(Deque<String> open, String word, List<String> begun) {
    @Nullable String last = open.peek();
    if (last == null || !begun.contains(last)) {
      throw cursor.fault(
          "%%{ %s } stands where no %%{ %s } is open".formatted(word, begun.getFirst()));
    }
    open.pop();
  }

  /// A text of several lines, whose `<<` is here.
  Constant heredoc() {
    int from = cursor.at();
    cursor.advance(2);
    boolean isIndented = cursor.take('-');
    String marker = cursor.identifier("a heredoc");
    if (!cursor.atNewLine()) {
      throw cursor.fault(
          "a heredoc needs a new line behind '%s', not %s".formatted(marker, cursor.found()));
    }
    cursor.newLine();
    Reading reading = new Reading();
    while (!endsHeredoc(marker)) {
      if (cursor.atEnd()) {
        throw cursor.fault(from, "a heredoc begins that no line with '%s' ends".formatted(marker));
      }
      while (!cursor.atEnd() && cursor.current() != '\n') {
        piece(reading);
      }
      if (cursor.take('\n')) {
        reading.text.append('\n');
      }
    }
    close(reading, from);
    String text = reading.text.toString();
    return reading.value(isIndented ? Indentation.without(text) : text);
  }

  private boolean endsHeredoc(String marker) {
    String line = cursor.restOfLine();
    if (!line.strip().equals(marker)) {
      return false;
    }
    cursor.advance(line.length() - (line.endsWith("\r") ? 1 : 0));
    return true;
  }
}
