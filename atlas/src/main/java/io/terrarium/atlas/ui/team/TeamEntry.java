package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.assembly.TeamModule;
import io.terrarium.core.membership.MembershipFilter;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.team.Team;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.Optional;

/// The ways into a team and out of it, as its page has them.
record TeamEntry(TeamModule people) {
  /// Whom to put in: a username, or the address of somebody in the organization.
  static final String USER = "user";

  private static final String MEMBERSHIP = "membership";

  /// For who may change the members, so that what is not found is the person.
  void add(Call call, Team team) {
    Principal caller = call.get(Principal.class);
    String who = call.get(Form.class).text(USER);
    if (who.isEmpty()) {
      throw new Fault.Invalid(USER, "Say whom");
    }
    if (who.contains("@")) {
      people.members().addMemberships(caller, team.id(), List.of(invited(caller, team, who)));
      return;
    }
    try {
      people.members().addUsers(caller, team.id(), List.of(who));
    } catch (Fault.NotFound unknown) {
      throw new Fault.Invalid(USER, "Nobody has that username: ask the person for it");
    }
  }

  /// Who is invited has no username yet.
  private OrganizationMembershipId invited(Principal caller, Team team, String address) {
    MembershipFilter filter =
        new MembershipFilter(
            Optional.empty(), List.of(address), Optional.empty(), Optional.empty());
    return people
        .memberships()
        .list(caller, team.organizationName(), filter, new Page(1, 1))
        .page()
        .items()
        .stream()
        .findFirst()
        .map(OrganizationMembership::id)
        .orElseThrow(() ->
            new Fault.Invalid(
                USER, "Nobody in the organization has that address. Invite it among the members"));
  }

  void remove(Call call, Team team) {
    OrganizationMembershipId who =
        new OrganizationMembershipId(call.get(Form.class).text(MEMBERSHIP));
    people.members().removeMemberships(call.get(Principal.class), team.id(), List.of(who));
  }
}
