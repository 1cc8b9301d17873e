package io.terrarium.core.registryprovider;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.id.RegistryProviderId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A version of a provider.
///
/// @param revision grows with each change that the registry must be told of
public record ProviderVersion(
    long key,
    ProviderVersionId id,
    Owner owner,
    String version,
    SigningKey signingKey,
    List<String> protocols,
    Upload shasums,
    Upload signature,
    List<ProviderPlatform> platforms,
    long revision,
    Instant createdAt,
    Instant updatedAt) {
  public ProviderVersion {
    protocols = List.copyOf(protocols);
    platforms = List.copyOf(platforms);
  }

  /// The provider that it is of.
  public record Owner(
      long providerKey,
      RegistryProviderId id,
      OrganizationId organizationId,
      String organization,
      String name) {}

  /// What its sums are signed with.
  public record SigningKey(String keyId, String asciiArmor) {}

  /// A file of it; both are absent until it is stored.
  public record Upload(@Nullable String objectId, @Nullable String sha256) {
    public boolean isStored() {
      return objectId != null;
    }
  }

  /// The objects of all that is stored of it.
  Stream<String> objects() {
    return Stream.concat(
            Stream.of(shasums, signature).map(Upload::objectId),
            platforms.stream().map(ProviderPlatform::objectId))
        .filter(Objects::nonNull);
  }
}
