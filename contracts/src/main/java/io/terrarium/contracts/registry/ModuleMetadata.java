package io.terrarium.contracts.registry;

import io.terrarium.contracts.id.ModuleVersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the registry has read from a version of a module.
///
/// @param objectId of the slug, by the last offer
/// @param error why it failed; absent where it did not
/// @param root absent until the version has been read
public record ModuleMetadata(
    int v,
    ModuleVersionId moduleVersionId,
    String objectId,
    ExtractionStatus status,
    @Nullable String error,
    @Nullable ModuleContent root,
    List<ModuleContent> submodules) {
  public static final int VERSION = 1;

  public ModuleMetadata {
    submodules = List.copyOf(submodules);
  }
}
