package io.terrarium.core.terraformversion;

import java.util.Optional;
import java.util.function.Function;

/// What the workspaces of one organization may choose.
///
/// @param usual what a workspace has that asks for nothing
/// @param problems why it may not have a version; empty for those that it may
public record VersionChoice(String usual, Function<String, Optional<String>> problems) {
  /// Why no workspace may have `wanted`, in words for an attribute.
  public Optional<String> problem(String wanted) {
    return problems.apply(wanted);
  }
}
