package io.terrarium.core.registryprovider;

import io.terrarium.contracts.id.ProviderPlatformId;
import org.jspecify.annotations.Nullable;

/// A version of a provider for one platform.
///
/// @param shasum SHA-256 of its package, in lower-case hex
/// @param objectId of its package, once it is stored
public record ProviderPlatform(
    ProviderPlatformId id,
    String os,
    String arch,
    String filename,
    String shasum,
    @Nullable String objectId) {}
