package io.terrarium.atlas.ui.membership;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.membership.MembershipFilter;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.membership.OrganizationMembership.Status;
import io.terrarium.core.membership.OrganizationMemberships;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.session.Session;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.Teams;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who belongs to an organization, and the way out of it.
public final class MemberListPages {
  static final String LIST = "/app/:organization_name/settings/users";
  static final String SECTION = "users";

  private final Pages pages;
  private final OrganizationMemberships memberships;
  private final Organizations organizations;
  private final Users users;
  private final Teams teams;

  public MemberListPages(
      Pages pages,
      OrganizationMemberships memberships,
      Organizations organizations,
      Users users,
      Teams teams) {
    this.pages = pages;
    this.memberships = memberships;
    this.organizations = organizations;
    this.users = users;
    this.teams = teams;
  }

  public void mount(Api api) {
    api.get(LIST, call -> page(call, 200, Problems.NONE));
    api.post(LIST + "/:membership_id/delete", this::remove);
  }

  /// What the list is narrowed to, as it was asked.
  ///
  /// @param status by the API's names, or "" for all
  public record Asked(String search, String status) {
    MembershipFilter filter() {
      return new MembershipFilter(
          Kebab.read(status, Status.class),
          List.of(),
          Optional.of(search).filter(text -> !text.isEmpty()),
          Optional.empty());
    }

    public String query() {
      return "search=" + encoded(search) + "&status=" + encoded(status);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /// @param active how many have an account, whatever is searched
  /// @param invited how many have none yet
  public record View(
      String organization,
      boolean mayInvite,
      Asked asked,
      Paged<Member> found,
      long active,
      long invited,
      Problems problems) {
    public String path() {
      return MemberListPages.path(organization);
    }
  }

  static String path(String organization) {
    return "/app/" + organization + "/settings/users";
  }

  private Reply remove(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationMembershipId id = call.path("membership_id", OrganizationMembershipId::new);
    OrganizationMembership found = memberships.find(caller, id);
    String organization = found.organizationName();
    if (!organization.equalsIgnoreCase(call.path("organization_name"))) {
      throw new Fault.NotFound();
    }
    try {
      memberships.remove(caller, id);
    } catch (Fault.Invalid refused) {
      return page(call, 422, Problems.of(refused));
    } catch (Fault.Forbidden refused) {
      return page(call, 403, Problems.of(refused));
    } catch (Fault.NotFound refused) {
      return ownersAlone(call, refused);
    }
    return found.userId().equals(reader(call))
        ? pages.done(ReturnPath.HOME, "You have left " + organization + ".")
        : pages.done(
            path(organization),
            found.email() + " does not belong to the organization any more, nor to its teams.");
  }

  /// The list does not show everybody who owns the organization, since the team of the owners may
  /// not be there for the reader.
  private Reply ownersAlone(Call call, Fault.NotFound refused) {
    OrganizationAccess access =
        organizations.find(call.get(Principal.class), call.path("organization_name")).access();
    if (!access.allows(OrganizationRight.MANAGE_MEMBERS)
        || access.allows(OrganizationRight.MANAGE_OWNERS)) {
      throw refused;
    }
    return page(
        call, 403, Problems.of("Only owners may take another owner out of the organization."));
  }

  private Reply page(Call call, int status, Problems problems) {
    Principal caller = call.get(Principal.class);
    String name = call.path("organization_name");
    OrganizationAccess access = organizations.find(caller, name).access();
    Asked asked = new Asked(asked(call, "search"), asked(call, "status"));
    OrganizationMemberships.Members found =
        memberships.list(caller, name, asked.filter(), Page.of(call));
    View view =
        new View(
            access.name(),
            access.allows(OrganizationRight.MANAGE_MEMBERS),
            asked,
            found.page().withItems(shown(call, access, found.page().items())),
            found.active(),
            found.invited(),
            problems);
    return pages.page(
        call, status, "Members", Place.within(access.name(), SECTION), "membership/list", view);
  }

  private List<Member> shown(
      Call call, OrganizationAccess access, List<OrganizationMembership> members) {
    Principal caller = call.get(Principal.class);
    Map<UserId, String> names =
        users
            .findAll(caller, members.stream().map(OrganizationMembership::userId).toList())
            .stream()
            .collect(Collectors.toMap(User::id, User::username));
    List<TeamId> entered =
        members.stream().flatMap(member -> member.teams().stream()).distinct().toList();
    Map<TeamId, Team> known =
        teams.findAll(caller, entered).stream()
            .map(visible -> visible.team())
            .collect(Collectors.toMap(Team::id, Function.identity()));
    return members.stream()
        .map(member -> {
          List<Team> in = member.teams().stream().map(known::get).filter(Objects::nonNull).toList();
          boolean isReader = member.userId().equals(reader(call));
          return new Member(
              member,
              names.getOrDefault(member.userId(), ""),
              in,
              isReader,
              isReader || mayRemove(access, in));
        })
        .toList();
  }

  /// Who owns the organization is taken out by other owners alone.
  private static boolean mayRemove(OrganizationAccess access, List<Team> teams) {
    return access.allows(OrganizationRight.MANAGE_MEMBERS)
        && (access.allows(OrganizationRight.MANAGE_OWNERS)
            || teams.stream().noneMatch(Team::isOwners));
  }

  private static UserId reader(Call call) {
    return call.get(Session.class).user().id();
  }

  private static String asked(Call call, String name) {
    return call.query(name).orElse("").strip();
  }
}
