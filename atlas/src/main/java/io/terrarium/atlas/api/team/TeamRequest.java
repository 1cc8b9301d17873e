package io.terrarium.atlas.api.team;

import io.terrarium.core.access.OrganizationPermission;
import io.terrarium.core.team.TeamOptions;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody wants of a team.
public record TeamRequest(
    Patch<String> name,
    Patch<String> description,
    Patch<String> visibility,
    Patch<String> ssoTeamId,
    Patch<Boolean> allowMemberTokenManagement,
    Map<OrganizationPermission, Boolean> organizationAccess) {
  static TeamRequest of(Call call) {
    return of(Incoming.of(call, TeamResource.TYPE));
  }

  public static TeamRequest of(Incoming incoming) {
    Incoming access = incoming.nested("organization-access");
    Map<OrganizationPermission, Boolean> asked = new EnumMap<>(OrganizationPermission.class);
    for (OrganizationPermission permission : OrganizationPermission.values()) {
      access
          .flag(permission.wire())
          .given()
          .ifPresent(isAllowed -> asked.put(permission, isAllowed));
    }
    TeamRequest request =
        new TeamRequest(
            incoming.text("name"),
            incoming.text("description"),
            incoming.text("visibility"),
            incoming.text("sso-team-id"),
            incoming.flag("allow-member-token-management"),
            asked);
    incoming.check();
    return request;
  }

  public TeamOptions over(TeamOptions before) {
    return new TeamOptions(
        name.over(before.name()),
        cleared(description, before.description()),
        visibility.over(before.visibility()),
        cleared(ssoTeamId, before.ssoTeamId()),
        allowMemberTokenManagement.over(before.allowMemberTokenManagement()),
        access(before.organizationAccess()));
  }

  private Set<OrganizationPermission> access(Set<OrganizationPermission> before) {
    Set<OrganizationPermission> after = EnumSet.noneOf(OrganizationPermission.class);
    for (OrganizationPermission permission : OrganizationPermission.values()) {
      if (organizationAccess.getOrDefault(permission, before.contains(permission))) {
        after.add(permission);
      }
    }
    return after;
  }

  private static @Nullable String cleared(Patch<String> text, @Nullable String before) {
    return switch (text) {
      case Patch.Absent<String> _ -> before;
      case Patch.Null<String> _ -> null;
      case Patch.Value<String>(String value) -> value;
    };
  }
}
