package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.api.team.TeamRequest;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.OrganizationPermission;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.core.access.TeamRight;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.assembly.TeamModule;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One team: who is in it, what it is called, what it may do in the whole organization, its end.
public final class TeamPage {
  private final Pages pages;
  private final TeamModule people;
  private final Users users;
  private final TeamEntry entry;

  public TeamPage(Pages pages, TeamModule people, Users users) {
    this.pages = pages;
    this.people = people;
    this.users = users;
    entry = new TeamEntry(people);
  }

  public void mount(Api api) {
    api.get(NamedTeam.ONE, this::show);
    api.post(NamedTeam.ONE + "/edit", this::update);
    api.post(NamedTeam.ONE + "/delete", this::delete);
    api.post(
        NamedTeam.ONE + "/add-users",
        call ->
            change(
                call, entry::add, call.get(Form.class).text(TeamEntry.USER) + " is in the team."));
    api.post(
        NamedTeam.ONE + "/remove-organization-memberships",
        call -> change(call, entry::remove, "The team has one member less."));
  }

  /// Somebody in the team.
  ///
  /// @param username "" of who is invited
  public record Member(OrganizationMembership membership, String username) {
    public String name() {
      return username.isEmpty() ? membership.email() : username;
    }
  }

  /// @param typed whom the reader has tried to put in
  public record View(
      Team team,
      TeamAccess access,
      Paged<Member> members,
      String typed,
      Form form,
      Problems problems) {
    public boolean may(TeamRight right) {
      return access.allows(right);
    }

    public String path() {
      return NamedTeam.path(team);
    }

    public String tokens() {
      return "/app/" + team.organizationName() + "/settings/authentication-tokens";
    }

    public List<AccessGroup> groups() {
      return AccessGroup.ALL;
    }

    /// What it may do in the whole organization.
    public List<OrganizationPermission> given() {
      return groups().stream()
          .flatMap(group -> group.permissions().stream())
          .filter(team.options().organizationAccess()::contains)
          .toList();
    }
  }

  private Reply show(Call call) {
    VisibleTeam found = NamedTeam.find(people.teams(), call);
    return page(call, 200, found, TeamForm.filled(found.team().options()), Problems.NONE);
  }

  private Reply update(Call call) {
    VisibleTeam found = NamedTeam.find(people.teams(), call);
    Form form = call.get(Form.class);
    try {
      TeamRequest wanted =
          TeamRequest.of(TeamForm.resource(form, found.team().options().description()));
      people.teams().update(call.get(Principal.class), found.team().id(), wanted::over);
      return done(call, found.team(), "The team is saved.");
    } catch (Fault.Invalid invalid) {
      Form shown = form.over(TeamForm.filled(found.team().options()));
      return page(call, 422, found, shown, Problems.of(invalid));
    }
  }

  private Reply delete(Call call) {
    Team team = NamedTeam.find(people.teams(), call).team();
    people.teams().delete(call.get(Principal.class), team.id());
    return pages.done(
        NamedTeam.all(team.organizationName()),
        "The team " + team.options().name() + " is deleted. Its members stay in the organization.");
  }

  private interface Change {
    void of(Call call, Team team);
  }

  private Reply change(Call call, Change change, String done) {
    VisibleTeam found = NamedTeam.find(people.teams(), call);
    found.access().require(TeamRight.UPDATE_MEMBERSHIP);
    try {
      change.of(call, found.team());
      return done(call, found.team(), done);
    } catch (Fault.Invalid refused) {
      Form filled = TeamForm.filled(found.team().options());
      return page(call, 422, found, filled, Problems.of(refused));
    }
  }

  /// Who takes themselves out, or something away from the team, may not see it any more.
  private Reply done(Call call, Team team, String notice) {
    boolean isSeen =
        !people.teams().findAll(call.get(Principal.class), List.of(team.id())).isEmpty();
    return pages.done(
        isSeen ? NamedTeam.path(team) : NamedTeam.all(team.organizationName()), notice);
  }

  private Reply page(Call call, int status, VisibleTeam found, Form form, Problems problems) {
    Team team = found.team();
    Paged<OrganizationMembership> members =
        people
            .members()
            .list(call.get(Principal.class), team.id(), Optional.empty(), Page.of(call));
    View view =
        new View(
            team,
            found.access(),
            members.withItems(named(call, members.items())),
            problems.field(TeamEntry.USER).isEmpty()
                ? ""
                : call.get(Form.class).text(TeamEntry.USER),
            form,
            problems);
    return pages.page(
        call,
        status,
        team.options().name(),
        NamedTeam.place(team.organizationName()),
        "team/show",
        view);
  }

  private List<Member> named(Call call, List<OrganizationMembership> members) {
    Map<UserId, String> names =
        users
            .findAll(
                call.get(Principal.class),
                members.stream().map(OrganizationMembership::userId).toList())
            .stream()
            .collect(Collectors.toMap(User::id, User::username));
    return members.stream()
        .map(member -> new Member(member, names.getOrDefault(member.userId(), "")))
        .toList();
  }
}
