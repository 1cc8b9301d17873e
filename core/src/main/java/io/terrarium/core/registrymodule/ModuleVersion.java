package io.terrarium.core.registrymodule;

import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.RegistryModuleId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A version of a module.
///
/// @param source where it is from: `tfe-api`, or a kind of Git host
/// @param error what went wrong, for people
/// @param objectId where its slug is, once it is stored
public record ModuleVersion(
    long key,
    ModuleVersionId id,
    Owner owner,
    String version,
    String source,
    Status status,
    @Nullable String error,
    @Nullable String tag,
    @Nullable String commitSha,
    @Nullable String objectId,
    @Nullable String sha256,
    Instant createdAt,
    Instant updatedAt) {

  /// The module that it is of.
  public record Owner(
      long moduleKey,
      RegistryModuleId moduleId,
      OrganizationId organizationId,
      String organization,
      String name,
      String provider,
      @Nullable Long repositoryKey) {}

  /// How far it is: cloned or uploaded, offered to the registry, read there, served.
  public enum Status {
    PENDING,
    CLONING,
    CLONE_FAILED,
    REG_INGRESS_REQ_FAILED,
    REG_INGRESSING,
    REG_INGRESS_FAILED,
    OK;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
