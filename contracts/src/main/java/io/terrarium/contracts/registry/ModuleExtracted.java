package io.terrarium.contracts.registry;

import io.terrarium.contracts.id.ModuleVersionId;
import org.jspecify.annotations.Nullable;

/// The registry worker's word to atlas that it has read a version of a module, or cannot. May come
/// twice.
///
/// @param objectId of the slug that was read; not that of the version any more where atlas has
///   offered another since
/// @param status never pending
/// @param error what is wrong, for people; absent where nothing is
public record ModuleExtracted(
    int v,
    ModuleVersionId moduleVersionId,
    String objectId,
    ExtractionStatus status,
    @Nullable String error) {
  public static final int VERSION = 1;
}
