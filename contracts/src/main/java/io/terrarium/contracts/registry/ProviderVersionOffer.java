package io.terrarium.contracts.registry;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProviderVersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Atlas offers a version of a provider to the registry. May come twice; what comes later counts.
/// The version is served once there are its sums, their signature, a key, and the package of one
/// platform.
///
/// @param organizationId whose it is: names change hands, ids never do
/// @param protocols of Terraform's plugins that it speaks, such as `5.0`
/// @param shasumsObjectId of `SHA256SUMS` in archivist; absent before its upload
/// @param shasumsSignatureObjectId of its signature; absent before its upload
public record ProviderVersionOffer(
    int v,
    ProviderVersionId providerVersionId,
    OrganizationId organizationId,
    String type,
    String version,
    List<String> protocols,
    List<GpgKey> gpgKeys,
    @Nullable String shasumsObjectId,
    @Nullable String shasumsSignatureObjectId,
    List<Platform> platforms) {
  public static final int VERSION = 2;

  public ProviderVersionOffer {
    protocols = List.copyOf(protocols);
    gpgKeys = List.copyOf(gpgKeys);
    platforms = List.copyOf(platforms);
  }

  /// A public key, one of which has signed the sums.
  ///
  /// @param keyId the last 16 hexadecimal digits of its fingerprint
  public record GpgKey(String keyId, String asciiArmor) {}

  /// The package for one platform.
  ///
  /// @param shasum SHA-256 of the package, in hex
  /// @param objectId of the package in archivist; absent before its upload
  public record Platform(
      String os, String arch, String filename, String shasum, @Nullable String objectId) {}
}
