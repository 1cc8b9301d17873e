package io.terrarium.core.membership;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.OwnersLock;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who belongs to an organization: lists, invites and removes.
///
/// Nothing is sent by mail: who has an account belongs to the organization at once, any other
/// address is `invited` until somebody gets an account with it.
public final class OrganizationMemberships {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int EMAIL_LENGTH_MAX = 254;

  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;
  private final SeenTeams seen;
  private final MembershipStore store = new MembershipStore();

  public OrganizationMemberships(Database database, Access access, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
    this.seen = new SeenTeams(access);
  }

  /// A page of members.
  ///
  /// @param active how many have an account, whatever is filtered
  /// @param invited how many have none yet
  public record Members(Paged<OrganizationMembership> page, long active, long invited) {}

  public Members list(Principal caller, String organization, MembershipFilter filter, Page page) {
    return database.read(db -> {
      long key =
          access
              .organization(db, caller, organization)
              .require(OrganizationRight.READ_MEMBERS)
              .key();
      MembershipStore.Counts counts = store.counts(db, key);
      Paged<OrganizationMembership> found = store.list(db, key, filter, page);
      return new Members(
          found.withItems(seen.of(db, caller, found.items())), counts.active(), counts.invited());
    });
  }

  /// The caller's own.
  public Paged<OrganizationMembership> own(Principal caller, Page page) {
    UserPrincipal user = Access.requireUser(caller);
    return database.read(db -> {
      Paged<OrganizationMembership> found = store.ofUser(db, user, page);
      return found.withItems(seen.of(db, caller, found.items()));
    });
  }

  public OrganizationMembership find(Principal caller, OrganizationMembershipId id) {
    return database.read(db -> {
      OrganizationMembership found = store.find(db, id).orElseThrow(Fault.NotFound::new);
      access
          .organization(db, caller, found.organizationKey())
          .require(OrganizationRight.READ_MEMBERS);
      return seen.of(db, caller, found);
    });
  }

  /// Those of `ids` that the caller may see.
  public List<OrganizationMembership> findAll(
      Principal caller, List<OrganizationMembershipId> ids) {
    return database.read(db -> {
      List<OrganizationMembership> found = store.findAll(db, ids);
      List<Long> organizations =
          found.stream().map(OrganizationMembership::organizationKey).distinct().toList();
      Map<Long, OrganizationAccess> in = access.organizations(db, caller, organizations);
      List<OrganizationMembership> visible =
          found.stream().filter(one -> readsMembers(in.get(one.organizationKey()))).toList();
      return seen.of(db, caller, visible);
    });
  }

  public OrganizationMembership invite(
      Principal caller, String organization, String email, List<TeamId> teams) {
    return database.inTransaction(db -> {
      OrganizationAccess in =
          access.organization(db, caller, organization).require(OrganizationRight.MANAGE_MEMBERS);
      check(email);
      List<Long> entered = teams(db, caller, in, teams);
      store.lockAccounts(db);
      Optional<Long> user = store.userByEmail(db, email);
      OrganizationMembershipId id =
          new OrganizationMembershipId(ids.next(OrganizationMembershipId.PREFIX));
      MembershipStore.Invited who =
          user.map(MembershipStore.Invited::user)
              .orElseGet(() ->
                  MembershipStore.Invited.address(email, new UserId(ids.next(UserId.PREFIX))));
      if (!store.insert(db, id, in.key(), who, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
        throw new Fault.Invalid("email", "Email has already been invited, or is a member's");
      }
      store.enter(db, entered, List.of(store.find(db, id).orElseThrow().key()));
      return store.find(db, id).orElseThrow();
    });
  }

  /// Takes somebody out of the organization and of all its teams. Members may leave by themselves.
  public void remove(Principal caller, OrganizationMembershipId id) {
    database.useTransaction(db -> {
      OrganizationMembership found = store.find(db, id).orElseThrow(Fault.NotFound::new);
      OrganizationAccess in = access.organization(db, caller, found.organizationKey());
      boolean isSelf = caller instanceof UserPrincipal user && user.id().equals(found.userId());
      if (!isSelf) {
        in.require(OrganizationRight.MANAGE_MEMBERS);
      }
      OwnersLock.take(db, in.key());
      if (store.hasOwnersAmong(db, List.of(found.key()))) {
        if (!isSelf) {
          in.require(OrganizationRight.MANAGE_OWNERS);
        }
        if (!store.hasOwnersBeside(db, in.key(), List.of(found.key()))) {
          throw isSelf ? onlyOwner() : TeamMembers.needsOwner();
        }
      }
      store.delete(db, found.key());
    });
  }

  private List<Long> teams(Handle db, Principal caller, OrganizationAccess in, List<TeamId> teams) {
    List<Long> keys = new ArrayList<>();
    List<Fault.Problem> problems = new ArrayList<>();
    for (TeamId id : teams) {
      try {
        TeamAccess team = access.team(db, caller, id).require(TeamRight.UPDATE_MEMBERSHIP);
        if (team.organization().key() != in.key()) {
          throw new Fault.NotFound();
        }
        keys.add(team.key());
      } catch (Fault.NotFound hidden) {
        problems.add(
            new Fault.Problem(
                "Team " + id + " is none of the organization into which you may put people",
                "/data/relationships/teams/data/" + (keys.size() + problems.size())));
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return keys;
  }

  private static boolean readsMembers(@Nullable OrganizationAccess in) {
    return in != null && in.allows(OrganizationRight.READ_MEMBERS);
  }

  private static Fault onlyOwner() {
    return new Fault.Forbidden(
        "You own the organization alone: put somebody else into the owners team first.");
  }

  private static void check(String email) {
    if (!EMAIL.matcher(email).matches() || email.length() > EMAIL_LENGTH_MAX) {
      throw new Fault.Invalid("email", "Email must be an e-mail address");
    }
  }
}
