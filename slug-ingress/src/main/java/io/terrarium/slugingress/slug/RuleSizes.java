package io.terrarium.slugingress.slug;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How large the expressions of rules become once their repeats are written out, which is what they
/// take in memory. Go's own have such limits, RE2 for Java has none.
///
/// It never takes an expression for smaller than it is: it counts braces and parentheses wherever
/// they stand, and what repeats a group as repeating all there is.
final class RuleSizes {
  private static final int STEPS_MAX = 10_000;
  private static final int STEPS_TOGETHER_MAX = 100_000;

  /// Reading an expression goes as deep as its groups do.
  private static final int GROUPS_MAX = 1_000;

  /// A class such as `\pL` stands for hundreds of ranges.
  private static final int CLASS_STEPS = 100;

  /// How often; of a group where it follows one, or the end of a quotation, which may be empty.
  private static final Pattern REPEAT =
      Pattern.compile("(?<group>\\)|\\\\E)?\\{(?<least>\\d{1,5})(?:,(?<most>\\d{0,5}))?\\}");

  private static final Pattern CLASS = Pattern.compile("\\\\[pP]");

  private int left = STEPS_TOGETHER_MAX;

  /// Whether there is room for it beside those that came before.
  boolean take(String expression) {
    long steps = steps(expression);
    if (steps > Math.min(STEPS_MAX, left)
        || expression.chars().filter(one -> one == '(').count() > GROUPS_MAX) {
      return false;
    }
    left -= (int) steps;
    return true;
  }

  private static long steps(String expression) {
    long once = expression.length() + CLASS.matcher(expression).results().count() * CLASS_STEPS;
    long times = 1;
    Matcher repeat = REPEAT.matcher(expression);
    while (repeat.find() && once * times <= STEPS_MAX) {
      String most = repeat.group("most");
      String count = most == null || most.isEmpty() ? repeat.group("least") : most;
      if (repeat.group("group") == null) {
        once += Integer.parseInt(count);
      } else {
        times *= Math.max(1, Integer.parseInt(count));
      }
    }
    return once * times;
  }
}
