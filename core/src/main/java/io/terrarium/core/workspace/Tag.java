package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key, and with key-value tags a value.
public record Tag(String key, @Nullable String value) {
  private static final int KEY_CHARACTERS_MAX = 128;
  private static final int VALUE_CHARACTERS_MAX = 256;

  /// What is wrong with it, if anything is.
  Optional<String> problem() {
    if (key.isBlank() || key.length() > KEY_CHARACTERS_MAX) {
      return Optional.of("Tag keys must have 1 to " + KEY_CHARACTERS_MAX + " characters");
    }
    if (key.contains(",")) {
      return Optional.of("Tag keys must have no comma: " + key);
    }
    if (value != null && value.length() > VALUE_CHARACTERS_MAX) {
      return Optional.of("Tag values must have at most " + VALUE_CHARACTERS_MAX + " characters");
    }
    return Optional.empty();
  }

  /// As it is bound to a workspace.
  ///
  /// @param suffix of its ids, behind `tb-` or `tag-`
  public record Bound(String suffix, Tag tag, java.time.Instant createdAt) {}

  /// A tag that comes from a project.
  public record Inherited(Bound bound, ProjectId from) {}
}
