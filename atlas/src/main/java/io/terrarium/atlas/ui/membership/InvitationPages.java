package io.terrarium.atlas.ui.membership;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamRight;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.membership.OrganizationMembership.Status;
import io.terrarium.core.membership.OrganizationMemberships;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.TeamFilter;
import io.terrarium.core.team.Teams;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;

/// Invites people into an organization, by their address.
public final class InvitationPages {
  private static final String NEW = MemberListPages.LIST + "/new";

  private final Pages pages;
  private final OrganizationMemberships memberships;
  private final Organizations organizations;
  private final Teams teams;

  public InvitationPages(
      Pages pages, OrganizationMemberships memberships, Organizations organizations, Teams teams) {
    this.pages = pages;
    this.memberships = memberships;
    this.organizations = organizations;
    this.teams = teams;
  }

  public void mount(Api api) {
    api.get(NEW, call -> page(call, 200, Form.showing(Map.of()), Problems.NONE));
    api.post(NEW, this::invite);
  }

  /// @param teams into which the reader may put people
  public record View(String back, List<Team> teams, Form form, Problems problems) {
    public View {
      teams = List.copyOf(teams);
    }

    public boolean isChosen(Team team) {
      return form.all("team").contains(team.id().value());
    }
  }

  private Reply invite(Call call) {
    Form form = call.get(Form.class);
    try {
      OrganizationMembership made =
          memberships.invite(
              call.get(Principal.class),
              call.path("organization_name"),
              form.text("email"),
              form.all("team").stream().map(TeamId::new).toList());
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          MemberListPages.path(made.organizationName()),
          made.status() == Status.ACTIVE
              ? made.email() + " has an account, and belongs to the organization now."
              : made.email()
                  + " is invited. No mail is sent: the person belongs to the organization as soon"
                  + " as a site admin has made an account for the address.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, form, Problems.of(invalid));
    }
  }

  private Reply page(Call call, int status, Form form, Problems problems) {
    Principal caller = call.get(Principal.class);
    String name = call.path("organization_name");
    organizations.find(caller, name).access().require(OrganizationRight.MANAGE_MEMBERS);
    String back = MemberListPages.path(name);
    List<Team> open =
        Paged.all(page -> teams.list(caller, name, new TeamFilter(List.of(), ""), page)).stream()
            .filter(team -> team.access().allows(TeamRight.UPDATE_MEMBERSHIP))
            .map(VisibleTeam::team)
            .toList();
    return pages.page(
        call,
        status,
        "Invite somebody",
        Place.within(name, MemberListPages.SECTION, new Crumb("Members", back)),
        "membership/new",
        new View(back, open, form, problems));
  }
}
