package io.terrarium.core.team;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.core.access.TeamRight;
import io.terrarium.core.token.Authentication;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// Lists, makes, changes and deletes teams.
public final class Teams {
  private final Database database;
  private final Access access;
  private final Authentication authentication;
  private final Clock clock;
  private final Ids ids;
  private final TeamStore store = new TeamStore();

  /// @param authentication forgets the tokens of a team that is deleted
  public Teams(
      Database database, Access access, Authentication authentication, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.authentication = authentication;
    this.clock = clock;
    this.ids = ids;
  }

  public Paged<VisibleTeam> list(
      Principal caller, String organization, TeamFilter filter, Page page) {
    return database.read(db -> {
      OrganizationAccess in =
          access.organization(db, caller, organization).require(OrganizationRight.READ_MEMBERS);
      Paged<Team> found = store.list(db, in, filter, page);
      Map<Long, TeamAccess> rights =
          access.teams(db, caller, found.items().stream().map(Team::key).toList());
      List<VisibleTeam> visible = new ArrayList<>();
      for (Team team : found.items()) {
        TeamAccess allowed = rights.get(team.key());
        if (allowed != null) {
          visible.add(new VisibleTeam(team, allowed));
        }
      }
      return new Paged<>(visible, page, found.totalCount());
    });
  }

  public VisibleTeam find(Principal caller, TeamId id) {
    return database.read(db -> visible(db, access.team(db, caller, id)));
  }

  /// Those of `ids` that the caller may see.
  public List<VisibleTeam> findAll(Principal caller, List<TeamId> ids) {
    return database.read(db -> {
      Map<TeamId, TeamAccess> rights = access.teamsNamed(db, caller, ids);
      return store.findAll(db, rights.keySet()).stream()
          .flatMap(team ->
              Optional.ofNullable(rights.get(team.id()))
                  .map(allowed -> new VisibleTeam(team, allowed))
                  .stream())
          .toList();
    });
  }

  public VisibleTeam create(
      Principal caller, String organization, UnaryOperator<TeamOptions> wishes) {
    return database.inTransaction(db -> {
      OrganizationAccess in =
          access.organization(db, caller, organization).require(OrganizationRight.MANAGE_TEAMS);
      TeamOptions options = wishes.apply(TeamOptions.fresh());
      options.check();
      if (!options.organizationAccess().isEmpty()
          && !in.allows(OrganizationRight.MANAGE_ORGANIZATION_ACCESS)) {
        throw mayNotGive();
      }
      store.lockNames(db, in.key());
      TeamId id = new TeamId(ids.next(TeamId.PREFIX));
      if (!store.insert(db, id, in.key(), options, clock.instant())) {
        throw nameIsTaken();
      }
      return visible(db, access.team(db, caller, id));
    });
  }

  public VisibleTeam update(Principal caller, TeamId id, UnaryOperator<TeamOptions> change) {
    return database.inTransaction(db -> {
      TeamAccess rights = access.team(db, caller, id).require(TeamRight.UPDATE);
      store.lockNames(db, rights.organization().key());
      Team before = store.find(db, rights.key()).orElseThrow(Fault.NotFound::new);
      TeamOptions after = change.apply(before.options());
      check(rights, before, after);
      if (!store.update(db, rights.key(), after)) {
        throw nameIsTaken();
      }
      return visible(db, access.team(db, caller, id));
    });
  }

  private static void check(TeamAccess rights, Team before, TeamOptions after) {
    after.check();
    if (before.isOwners() && !after.name().equals(Team.OWNERS)) {
      throw new Fault.Invalid("name", "Name of the owners team cannot be changed");
    }
    boolean isGiven = !after.organizationAccess().equals(before.options().organizationAccess());
    if (before.isOwners() && isGiven) {
      throw new Fault.Invalid(
          "organization-access", "Organization access of the owners team cannot be changed");
    }
    if (isGiven && !rights.allows(TeamRight.UPDATE_ORGANIZATION_ACCESS)) {
      throw mayNotGive();
    }
  }

  /// Its members stay in the organization; its access and its tokens are gone.
  public void delete(Principal caller, TeamId id) {
    database.useTransaction(db -> {
      TeamAccess rights = access.team(db, caller, id).require(TeamRight.UPDATE);
      if (!rights.allows(TeamRight.DESTROY)) {
        throw new Fault.Forbidden("The owners team cannot be deleted.");
      }
      store.delete(db, rights.key());
    });
    authentication.forgetAll();
  }

  private VisibleTeam visible(Handle db, TeamAccess rights) {
    return new VisibleTeam(store.find(db, rights.key()).orElseThrow(Fault.NotFound::new), rights);
  }

  private static Fault mayNotGive() {
    return new Fault.Invalid("organization-access", "Organization access is not yours to give");
  }

  private static Fault nameIsTaken() {
    return new Fault.Invalid("name", "Name has already been taken");
  }
}
