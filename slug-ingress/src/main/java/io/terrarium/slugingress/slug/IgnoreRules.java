package io.terrarium.slugingress.slug;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a `.terraformignore` leaves out of a slug, with go-slug's own reading of it: each rule
/// becomes a regular expression, in which all but `*`, `?`, `.`, `$` and `\` means what it means
/// there. The last rule that matches wins. A rule that is no expression, or one that is too large
/// ([RuleSizes]), counts for nothing.
///
/// The expressions are anybody's, so they are matched by RE2, in linear time.
final class IgnoreRules {
  static final String FILE = ".terraformignore";

  private static final int RULES_MAX = 5_000;
  private static final int LINE_BYTES_MAX = 64 * 1024;
  private static final List<String> USUAL = List.of(".git/", ".terraform/", "!.terraform/modules/");

  private final List<Rule> rules;

  /// @param isOverruled whether a rule that follows takes something back in
  private record Rule(Pattern pattern, boolean isNegated, boolean isOverruled) {}

  /// What the rules say of a path.
  ///
  /// @param isFinal of what is left out: nothing below a directory comes back in
  record Verdict(boolean isLeftOut, boolean isFinal) {}

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  /// The usual rules, and then those of the file, if there is one.
  static IgnoreRules of(Optional<byte[]> file) {
    List<String> lines = new ArrayList<>(USUAL);
    file.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(IgnoreRules::isReadable)
        .ifPresent(text -> lines.addAll(rules(text)));
    int lastNegated = -1;
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).startsWith("!")) {
        lastNegated = at;
      }
    }
    List<Rule> rules = new ArrayList<>();
    RuleSizes sizes = new RuleSizes();
    for (int at = 0; at < lines.size(); at++) {
      boolean isOverruled = at < lastNegated;
      compiled(lines.get(at), isOverruled, sizes).ifPresent(rules::add);
    }
    return new IgnoreRules(rules);
  }

  /// Go's scanner gives up on longer lines, and go-slug on the whole file with it.
  private static boolean isReadable(String text) {
    return Arrays.stream(text.split("\n", -1))
        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length < LINE_BYTES_MAX);
  }

  private static List<String> rules(String text) {
    return Arrays.stream(text.split("\n", -1))
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.equals("!"))
        .limit(RULES_MAX)
        .toList();
  }

  private static Optional<Rule> compiled(String line, boolean isOverruled, RuleSizes sizes) {
    boolean isNegated = line.startsWith("!");
    String glob = isNegated ? line.substring(1) : line;
    if (glob.endsWith("/")) {
      glob = glob + "**";
    }
    glob = glob.startsWith("/") ? glob.substring(1) : "**/" + glob;
    String expression = expression(glob);
    if (!sizes.take(expression)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Rule(Pattern.compile(expression), isNegated, isOverruled));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static String expression(String glob) {
    StringBuilder expression = new StringBuilder("^");
    int at = 0;
    while (at < glob.length()) {
      char character = glob.charAt(at++);
      switch (character) {
        case '*' -> at = star(glob, at, expression);
        case '?' -> expression.append("[^/]");
        case '.', '$' -> expression.append('\\').append(character);
        case '\\' -> {
          expression.append('\\');
          if (at < glob.length()) {
            int next = glob.codePointAt(at);
            expression.appendCodePoint(next);
            at += Character.charCount(next);
          }
        }
        default -> expression.append(character);
      }
    }
    return expression.append('$').toString();
  }

  /// Two of them match any number of directories, one no slash.
  private static int star(String glob, int behind, StringBuilder expression) {
    int at = behind;
    if (at == glob.length() || glob.charAt(at) != '*') {
      expression.append("[^/]*");
      return at;
    }
    at++;
    if (at < glob.length() && glob.charAt(at) == '/') {
      at++;
    }
    expression.append(at == glob.length() ? ".*" : "(.*/)?");
    return at;
  }

  /// @param path of a directory with a slash at its end, to ask for all that is in it
  Verdict of(String path) {
    boolean isLeftOut = false;
    boolean isFinal = false;
    for (Rule rule : rules) {
      if (rule.pattern.matches(path)) {
        isLeftOut = !rule.isNegated;
        isFinal = isLeftOut && !rule.isOverruled;
      }
    }
    return new Verdict(isLeftOut, isFinal);
  }
}
