package io.terrarium.atlas.api.admin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as the settings have them: `2h`, `1h30m`, `45s`.
public final class DurationText {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,7})s)?");

  private DurationText() {}

  public static String ofSeconds(int seconds) {
    StringBuilder text = new StringBuilder();
    append(text, seconds / 3600, 'h');
    append(text, seconds / 60 % 60, 'm');
    append(text, seconds % 60, 's');
    return text.toString();
  }

  /// Empty when the text is no duration of at least a second.
  static Optional<Integer> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int seconds = 3600 * number(parts, 1) + 60 * number(parts, 2) + number(parts, 3);
    return seconds > 0 ? Optional.of(seconds) : Optional.empty();
  }

  private static void append(StringBuilder text, int number, char unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }

  private static int number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
