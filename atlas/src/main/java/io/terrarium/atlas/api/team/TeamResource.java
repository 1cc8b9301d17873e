package io.terrarium.atlas.api.team;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.OrganizationPermission;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.core.access.TeamRight;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.TeamOptions;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A team on the wire.
final class TeamResource {
  static final String TYPE = "teams";

  private TeamResource() {}

  /// @param organizationAccess by the API's names; the owners have all
  record Attributes(
      String name,
      @Nullable String description,
      int usersCount,
      int nonServiceUsersCount,
      String visibility,
      @Nullable String ssoTeamId,
      boolean allowMemberTokenManagement,
      boolean isUnified,
      boolean scimLinked,
      Permissions permissions,
      Map<String, Boolean> organizationAccess) {}

  record Permissions(
      boolean canUpdateMembership,
      boolean canDestroy,
      boolean canUpdateOrganizationAccess,
      boolean canUpdateApiToken,
      boolean canUpdateVisibility,
      boolean canUpdateName,
      boolean canUpdateSsoTeamId,
      boolean canUpdateMemberTokenManagement,
      boolean canViewApiToken) {
    static Permissions of(TeamAccess access) {
      boolean update = access.allows(TeamRight.UPDATE);
      boolean token = access.allows(TeamRight.MANAGE_TOKENS);
      return new Permissions(
          access.allows(TeamRight.UPDATE_MEMBERSHIP),
          access.allows(TeamRight.DESTROY),
          access.allows(TeamRight.UPDATE_ORGANIZATION_ACCESS),
          token,
          update,
          update && !access.isOwners(),
          update,
          update,
          token);
    }
  }

  static Resource of(VisibleTeam visible) {
    Team team = visible.team();
    TeamOptions options = team.options();
    return new Resource(
        team.id().value(),
        TYPE,
        new Attributes(
            options.name(),
            options.description(),
            team.users().size(),
            team.users().size(),
            options.visibility(),
            options.ssoTeamId(),
            options.allowMemberTokenManagement(),
            false,
            false,
            Permissions.of(visible.access()),
            organizationAccess(team)),
        relationships(team),
        Map.of("self", "/api/v2/teams/" + team.id()));
  }

  private static Map<String, Boolean> organizationAccess(Team team) {
    Map<String, Boolean> access = new LinkedHashMap<>();
    for (OrganizationPermission permission : OrganizationPermission.values()) {
      access.put(
          permission.wire(),
          team.isOwners() || team.options().organizationAccess().contains(permission));
    }
    return access;
  }

  private static Map<String, Relationship> relationships(Team team) {
    String self = "/api/v2/teams/" + team.id();
    Map<String, Relationship> relationships = new LinkedHashMap<>();
    relationships.put(
        "organization",
        Relationship.one(
            "organizations",
            team.organizationName(),
            "/api/v2/organizations/" + team.organizationName()));
    relationships.put(
        "users", Relationship.many("users", team.users().stream().map(UserId::value).toList()));
    relationships.put(
        "organization-memberships",
        Relationship.many(
            "organization-memberships",
            team.memberships().stream().map(OrganizationMembershipId::value).toList(),
            self + "/relationships/organization-memberships"));
    relationships.put("authentication-token", Relationship.linked(self + "/authentication-token"));
    relationships.put(
        "authentication-tokens", Relationship.linked(self + "/authentication-tokens"));
    return relationships;
  }
}
