package io.terrarium.core.terraformversion;

import io.terrarium.contracts.build.ScriptedEngine;
import java.util.regex.Pattern;

/// How a workspace says which version of Terraform it wants.
final class VersionText {
  /// What means "always the newest".
  private static final String LATEST = "latest";

  // Patterns that go back and forth over a text take their time over a long one.
  private static final int CHARACTERS_MAX = 255;

  // Numbers are as long as workers read them.
  private static final Pattern EXACT =
      Pattern.compile("\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}(-[0-9A-Za-z.-]+)?");
  private static final String ONE_CONSTRAINT =
      "\\s*(~>|>=|<=|!=|=|>|<)?\\s*\\d{1,6}(\\.\\d{1,6}){0,2}(-[0-9A-Za-z.-]+)?\\s*";
  private static final Pattern CONSTRAINTS =
      Pattern.compile(ONE_CONSTRAINT + "(," + ONE_CONSTRAINT + ")*");

  private VersionText() {}

  /// Whether `text` names one version of Terraform.
  static boolean isExact(String text) {
    return text.length() <= CHARACTERS_MAX && EXACT.matcher(text).matches();
  }

  /// Whether `text` is a version, a constraint such as `~> 1.11.0`, `latest`, or a version of the
  /// scripted engine.
  static boolean isKnown(String text) {
    return text.length() <= CHARACTERS_MAX
        && (text.equals(LATEST)
            || isScripted(text)
            || isExact(text)
            || CONSTRAINTS.matcher(text).matches());
  }

  private static boolean isScripted(String text) {
    return ScriptedEngine.isChosenBy(text)
        && isExact(text.substring(0, text.length() - ScriptedEngine.SUFFIX.length()));
  }
}
