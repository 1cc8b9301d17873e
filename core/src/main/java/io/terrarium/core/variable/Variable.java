package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A variable of a workspace or of a set, its value still as ciphertext.
///
/// @param versionId changes with every edit
public record Variable(
    long key,
    VariableId id,
    VariableOwner owner,
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

  /// A variable as it reaches a workspace.
  ///
  /// @param overwritten those of the same key and category that it wins over
  /// @param overwriter the one that wins over it
  public record InContext(
      Shown shown, List<VariableId> overwritten, @Nullable VariableId overwriter) {
    public InContext {
      overwritten = List.copyOf(overwritten);
    }
  }
}
