package io.terrarium.atlas.api.team;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.atlas.api.membership.MembershipResource;
import io.terrarium.atlas.api.membership.OrganizationMembershipsApi;
import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.membership.TeamMembers;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.function.Function;

/// Who is in a team, by users or by their memberships in the organization.
public final class TeamMembersApi {
  private static final String USERS = "/api/v2/teams/:team_id/relationships/users";
  private static final String MEMBERSHIPS =
      "/api/v2/teams/:team_id/relationships/organization-memberships";

  private final TeamMembers members;

  public TeamMembersApi(TeamMembers members) {
    this.members = members;
  }

  public void mount(Api api) {
    api.post(USERS, changing("users", name -> name, members::addUsers));
    api.delete(USERS, changing("users", name -> name, members::removeUsers));
    api.get(MEMBERSHIPS, this::list);
    api.post(MEMBERSHIPS, changing(members::addMemberships));
    api.delete(MEMBERSHIPS, changing(members::removeMemberships));
  }

  private Reply list(Call call) {
    Paged<OrganizationMembership> found =
        members.list(
            call.get(Principal.class),
            id(call),
            OrganizationMembershipsApi.status(call),
            Page.of(call));
    return Reply.document(200, Listing.of(call, found.map(MembershipResource::of)));
  }

  @FunctionalInterface
  private interface Change<T> {
    void of(Principal caller, TeamId team, List<T> members);
  }

  private static Endpoint changing(Change<OrganizationMembershipId> change) {
    return changing("organization-memberships", OrganizationMembershipId::new, change);
  }

  private static <T> Endpoint changing(String type, Function<String, T> read, Change<T> change) {
    return call -> {
      List<T> named = Identifiers.of(call, type).stream().map(read).toList();
      change.of(call.get(Principal.class), id(call), named);
      return Reply.noContent();
    };
  }

  private static TeamId id(Call call) {
    return call.path("team_id", TeamId::new);
  }
}
