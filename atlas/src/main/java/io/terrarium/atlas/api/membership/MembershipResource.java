package io.terrarium.atlas.api.membership;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A membership on the wire.
public final class MembershipResource {
  static final String TYPE = "organization-memberships";

  private MembershipResource() {}

  record Attributes(
      String status, String email, Instant createdAt, boolean isOrgTwoFactorRequired) {}

  public static Resource of(OrganizationMembership membership) {
    Map<String, Relationship> relationships = new LinkedHashMap<>();
    relationships.put(
        "teams",
        Relationship.many("teams", membership.teams().stream().map(TeamId::value).toList()));
    relationships.put(
        "user",
        Relationship.one(
            "users", membership.userId().value(), "/api/v2/users/" + membership.userId()));
    relationships.put(
        "organization",
        Relationship.one(
            "organizations",
            membership.organizationName(),
            "/api/v2/organizations/" + membership.organizationName()));
    return new Resource(
        membership.id().value(),
        TYPE,
        new Attributes(
            Kebab.of(membership.status()),
            membership.email(),
            membership.createdAt(),
            membership.twoFactorRequired()),
        relationships,
        Map.of("self", "/api/v2/organization-memberships/" + membership.id()));
  }
}
