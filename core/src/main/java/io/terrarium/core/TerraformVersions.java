package io.terrarium.core;

import io.terrarium.contracts.build.ScriptedEngine;
import java.util.regex.Pattern;

/// Which versions of Terraform workspaces may ask for.
///
/// @param newest what new workspaces use
public record TerraformVersions(String newest) {
  /// What means "always the newest" in a workspace.
  public static final String LATEST = "latest";

  private static final Pattern EXACT = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
  private static final String ONE_CONSTRAINT =
      "\\s*(~>|>=|<=|!=|=|>|<)?\\s*\\d+(\\.\\d+){0,2}(-[0-9A-Za-z.-]+)?\\s*";
  private static final Pattern CONSTRAINTS =
      Pattern.compile(ONE_CONSTRAINT + "(," + ONE_CONSTRAINT + ")*");

  public TerraformVersions {
    if (!EXACT.matcher(newest).matches()) {
      throw new IllegalArgumentException("no exact version of Terraform: " + newest);
    }
  }

  /// Whether `text` is a version, a constraint such as `~> 1.11.0`, `latest`, or a version of the
  /// scripted engine.
  public static boolean isKnown(String text) {
    return text.equals(LATEST)
        || isScripted(text)
        || EXACT.matcher(text).matches()
        || CONSTRAINTS.matcher(text).matches();
  }

  private static boolean isScripted(String text) {
    return ScriptedEngine.isChosenBy(text)
        && EXACT
            .matcher(text.substring(0, text.length() - ScriptedEngine.SUFFIX.length()))
            .matches();
  }
}
