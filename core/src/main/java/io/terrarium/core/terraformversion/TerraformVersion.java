package io.terrarium.core.terraformversion;

import io.terrarium.contracts.id.TerraformVersionId;
import io.terrarium.contracts.internal.TerraformOffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A registered version of Terraform.
///
/// @param usage how many workspaces name it
public record TerraformVersion(
    long key, TerraformVersionId id, VersionOptions options, long usage, Instant createdAt) {

  /// What site admins say about a version.
  ///
  /// @param url where a zip with the program for 64-bit Linux is; null for one that the workers
  ///   have, or get from its maker
  /// @param sha the zip's SHA-256 sum
  /// @param archs the same for each system
  /// @param deprecatedReason only where it is deprecated
  public record VersionOptions(
      String version,
      @Nullable String url,
      @Nullable String sha,
      List<TerraformOffer.Archive> archs,
      boolean official,
      boolean enabled,
      boolean beta,
      boolean deprecated,
      @Nullable String deprecatedReason) {
    public VersionOptions {
      archs = List.copyOf(archs);
    }

    /// As a version starts.
    public static VersionOptions initial(String version) {
      return new VersionOptions(version, null, null, List.of(), false, true, false, false, null);
    }

    /// One that the workers have on their machines.
    static VersionOptions installed(String version) {
      return new VersionOptions(version, null, null, List.of(), true, true, false, false, null);
    }
  }
}
