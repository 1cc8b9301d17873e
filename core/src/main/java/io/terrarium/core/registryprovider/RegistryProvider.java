package io.terrarium.core.registryprovider;

import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.id.RegistryProviderId;
import java.time.Instant;
import java.util.List;

/// A provider as it is managed.
///
/// @param versions newest first
public record RegistryProvider(
    long key,
    RegistryProviderId id,
    String organization,
    String name,
    List<ProviderVersionId> versions,
    Instant createdAt,
    Instant updatedAt) {
  public RegistryProvider {
    versions = List.copyOf(versions);
  }
}
