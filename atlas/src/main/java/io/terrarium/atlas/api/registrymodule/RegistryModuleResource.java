package io.terrarium.atlas.api.registrymodule;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.core.vcs.Hooks;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A module of the private registry as the API shows it. What Terrarium does not have (modules
/// without code, tests of modules) is there as false or null, since clients read it.
final class RegistryModuleResource {
  static final String TYPE = "registry-modules";

  private RegistryModuleResource() {}

  record Attributes(
      String name,
      String namespace,
      String provider,
      String registryName,
      String status,
      String publishingMechanism,
      boolean noCode,
      List<RegistryModule.VersionStatus> versionStatuses,
      Instant createdAt,
      Instant updatedAt,
      @Nullable VcsRepo vcsRepo,
      @Nullable Object testConfig,
      Permissions permissions) {}

  /// @param branch "" where tags make versions
  record VcsRepo(
      String branch,
      String displayIdentifier,
      @Nullable String githubAppInstallationId,
      String identifier,
      boolean ingressSubmodules,
      String oauthTokenId,
      String repositoryHttpUrl,
      String serviceProvider,
      boolean tags,
      @Nullable String tagPrefix,
      @Nullable String sourceDirectory,
      String webhookUrl) {}

  record Permissions(boolean canDelete, boolean canResync, boolean canRetry) {}

  static Resource of(RegistryModules.Visible visible, PublicAddress address) {
    RegistryModule module = visible.module();
    String organization = module.organizationName();
    boolean isManaged = visible.isManaged();
    return new Resource(
        module.id().value(),
        TYPE,
        new Attributes(
            module.name(),
            organization,
            module.provider(),
            "private",
            module.status().wire(),
            module.publishing().wire(),
            false,
            module.versions(),
            module.createdAt(),
            module.updatedAt(),
            vcsRepo(module, address),
            null,
            new Permissions(isManaged, isManaged, isManaged)),
        Map.of(
            "organization",
            Relationship.one("organizations", organization),
            "no-code-modules",
            Relationship.many("no-code-modules", List.of())),
        Map.of(
            "self",
            "/api/v2/organizations/%s/registry-modules/private/%s/%s/%s"
                .formatted(organization, organization, module.name(), module.provider())));
  }

  private static @Nullable VcsRepo vcsRepo(RegistryModule module, PublicAddress address) {
    RegistryModule.Repository repository = module.repository();
    if (repository == null) {
      return null;
    }
    return new VcsRepo(
        Objects.requireNonNullElse(repository.origin().branch(), ""),
        Objects.requireNonNullElse(repository.displayIdentifier(), repository.identifier()),
        null,
        repository.identifier(),
        false,
        repository.token().value(),
        repository.httpUrl(),
        repository.serviceProvider(),
        module.publishing() == RegistryModule.Publishing.GIT_TAG,
        orNull(repository.origin().tagPrefix()),
        orNull(repository.origin().directory()),
        address.of(Hooks.path(repository.webhookToken())));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
