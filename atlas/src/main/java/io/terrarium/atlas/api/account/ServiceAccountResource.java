package io.terrarium.atlas.api.account;

import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an organization's token answers who it is: `terraform login` asks this of any token.
final class ServiceAccountResource {
  private ServiceAccountResource() {}

  record Attributes(
      String username,
      boolean isServiceAccount,
      @Nullable String avatarUrl,
      boolean v2Only,
      boolean isSiteAdmin) {}

  static Document of(OrganizationPrincipal organization) {
    String name = organization.name();
    return Document.of(
        new Resource(
            "api-" + organization.id().value(),
            UserResource.TYPE,
            new Attributes("api-" + name, true, null, false, false),
            Map.of(
                "authenticated-resource",
                Relationship.one("organizations", name, "/api/v2/organizations/" + name)),
            Map.of()));
  }
}
