package io.terrarium.atlas.api.account;

import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How tokens of organizations and of teams answer who they are: `terraform login` asks this of any
/// token.
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
    return of(
        "api-" + organization.id().value(),
        organization.username(),
        Relationship.one("organizations", name, "/api/v2/organizations/" + name));
  }

  static Document of(TeamPrincipal team) {
    String id = team.id().value();
    return of("api-" + id, team.username(), Relationship.one("teams", id, "/api/v2/teams/" + id));
  }

  private static Document of(String id, String username, Relationship authenticated) {
    return Document.of(
        new Resource(
            id,
            UserResource.TYPE,
            new Attributes(username, true, null, false, false),
            Map.of("authenticated-resource", authenticated),
            Map.of()));
  }
}
