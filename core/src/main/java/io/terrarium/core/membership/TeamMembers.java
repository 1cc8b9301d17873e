package io.terrarium.core.membership;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.OwnersLock;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.core.access.TeamRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who is in a team. All of a call happens, or nothing.
public final class TeamMembers {
  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;
  private final MembershipStore store = new MembershipStore();

  public TeamMembers(Database database, Access access, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
  }

  public Paged<OrganizationMembership> list(
      Principal caller, TeamId id, Optional<OrganizationMembership.Status> status, Page page) {
    return database.read(db -> {
      TeamAccess team = access.team(db, caller, id);
      long organization = team.organization().require(OrganizationRight.READ_MEMBERS).key();
      Paged<OrganizationMembership> found =
          store.list(db, organization, MembershipFilter.ofTeam(id, status), page);
      return found.withItems(new SeenTeams(access).of(db, caller, found.items()));
    });
  }

  /// People by username or id; who does not belong to the organization yet does from now on.
  public void addUsers(Principal caller, TeamId id, List<String> names) {
    database.useTransaction(db -> {
      TeamAccess team = changed(db, caller, id);
      List<Long> members = new ArrayList<>();
      for (String name : names) {
        members.add(membership(db, team.organization().key(), user(db, name)));
      }
      store.enter(db, List.of(team.key()), members);
    });
  }

  public void removeUsers(Principal caller, TeamId id, List<String> names) {
    database.useTransaction(db -> {
      TeamAccess team = changed(db, caller, id);
      List<Long> members = new ArrayList<>();
      for (String name : names) {
        store
            .findOfUser(db, team.organization().key(), user(db, name))
            .ifPresent(membership -> members.add(membership.key()));
      }
      leave(db, team, members);
    });
  }

  public void addMemberships(
      Principal caller, TeamId id, List<OrganizationMembershipId> memberships) {
    database.useTransaction(db -> {
      TeamAccess team = changed(db, caller, id);
      store.enter(db, List.of(team.key()), keys(db, team, memberships));
    });
  }

  public void removeMemberships(
      Principal caller, TeamId id, List<OrganizationMembershipId> memberships) {
    database.useTransaction(db -> {
      TeamAccess team = changed(db, caller, id);
      leave(db, team, keys(db, team, memberships));
    });
  }

  static Fault needsOwner() {
    return new Fault.Invalid(
        List.of(
            new Fault.Problem(
                "An organization needs an owner: put somebody else into the owners team first.",
                null)));
  }

  private TeamAccess changed(Handle db, Principal caller, TeamId id) {
    TeamAccess team = access.team(db, caller, id).require(TeamRight.UPDATE_MEMBERSHIP);
    OwnersLock.take(db, team.organization().key());
    return team;
  }

  private void leave(Handle db, TeamAccess team, List<Long> members) {
    boolean hadOwners = store.hasOwnersAmong(db, members);
    store.leave(db, team.key(), members);
    if (hadOwners && !store.hasOwnersBeside(db, team.organization().key(), List.of())) {
      throw needsOwner();
    }
  }

  private long user(Handle db, String name) {
    return store
        .user(db, name)
        .orElseThrow(() -> new Fault.NotFound("There is no user \"" + name + "\"."));
  }

  private long membership(Handle db, long organizationKey, long userKey) {
    OrganizationMembershipId id =
        new OrganizationMembershipId(ids.next(OrganizationMembershipId.PREFIX));
    store.insert(
        db,
        id,
        organizationKey,
        MembershipStore.Invited.user(userKey),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return store.findOfUser(db, organizationKey, userKey).orElseThrow().key();
  }

  private List<Long> keys(Handle db, TeamAccess team, List<OrganizationMembershipId> memberships) {
    List<Long> keys = new ArrayList<>();
    for (OrganizationMembershipId id : memberships) {
      keys.add(
          store
              .find(db, id)
              .filter(found -> found.organizationKey() == team.organization().key())
              .orElseThrow(() ->
                  new Fault.NotFound("There is no membership " + id + " in the organization."))
              .key());
    }
    return keys;
  }
}
