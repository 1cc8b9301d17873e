package io.terrarium.atlas.api.admin;

import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.core.terraformversion.TerraformVersion;
import io.terrarium.core.terraformversion.TerraformVersion.VersionOptions;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A version of Terraform on the wire.
final class TerraformVersionResource {
  static final String TYPE = "terraform-versions";

  private TerraformVersionResource() {}

  record Attributes(
      String version,
      @Nullable String url,
      @Nullable String sha,
      List<TerraformOffer.Archive> archs,
      boolean official,
      boolean enabled,
      boolean beta,
      boolean deprecated,
      @Nullable String deprecatedReason,
      long usage,
      Instant createdAt) {}

  static Resource of(TerraformVersion version) {
    VersionOptions options = version.options();
    return new Resource(
        version.id().value(),
        TYPE,
        new Attributes(
            options.version(),
            options.url(),
            options.sha(),
            options.archs(),
            options.official(),
            options.enabled(),
            options.beta(),
            options.deprecated(),
            options.deprecatedReason(),
            version.usage(),
            version.createdAt()),
        Map.of(),
        Map.of("self", "/api/v2/admin/terraform-versions/" + version.id()));
  }
}
