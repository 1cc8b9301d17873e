package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.WorkspaceId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A variable of a workspace, its value still as ciphertext.
///
/// @param versionId changes with every edit
public record Variable(
    long key,
    VariableId id,
    WorkspaceId workspaceId,
    Definition definition,
    @Nullable String ciphertext,
    String versionId,
    Instant createdAt) {

  /// All but its value.
  public record Definition(
      String name,
      @Nullable String description,
      Category category,
      boolean hcl,
      boolean sensitive) {}

  /// Where it goes.
  public enum Category {
    TERRAFORM,
    ENV;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// With its value in the clear; absent where it is sensitive.
  public record Shown(Variable variable, @Nullable String value) {
    @Override
    public String toString() {
      return "Shown[" + variable.id() + "]";
    }
  }
}
