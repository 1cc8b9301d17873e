package io.terrarium.core.registrymodule;

import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.RegistryModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A module as it is managed.
///
/// @param provider that it is for, such as `aws`
/// @param repository absent where its versions are uploaded
/// @param versions newest first
public record RegistryModule(
    long key,
    RegistryModuleId id,
    long organizationKey,
    String organizationName,
    String name,
    String provider,
    Status status,
    Publishing publishing,
    @Nullable Repository repository,
    List<VersionStatus> versions,
    Instant createdAt,
    Instant updatedAt) {
  public RegistryModule {
    versions = List.copyOf(versions);
  }

  /// How far it is.
  public enum Status {
    PENDING,
    NO_VERSION_TAGS,
    SETUP_FAILED,
    SETUP_COMPLETE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where versions come from.
  public enum Publishing {
    BRANCH,
    GIT_TAG,
    NON_VCS;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What of a repository makes versions, and what is in them.
  ///
  /// @param branch absent where tags make versions
  /// @param tagPrefix that a tag has before its version; "" for none
  /// @param directory that the module is in; "" for the repository's root
  public record Origin(@Nullable String branch, String tagPrefix, String directory) {
    public Publishing publishing() {
      return branch == null ? Publishing.GIT_TAG : Publishing.BRANCH;
    }
  }

  /// @param webhookToken the last part of the address that its host calls
  public record Repository(
      long key,
      OauthTokenId token,
      String identifier,
      @Nullable String displayIdentifier,
      String serviceProvider,
      String httpUrl,
      String webhookToken,
      Origin origin) {}

  /// How far a version is.
  public record VersionStatus(String version, String status, @Nullable String error) {}
}
