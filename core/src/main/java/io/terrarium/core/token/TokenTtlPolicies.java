package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenTtlPolicyId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.token.TokenTtlPolicy.Wanted;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// How long tokens may be used in an organization, which its owners say.
///
/// A token that is older than its type may become ceases to work: that of an organization or a team
/// altogether, that of a person in this organization. Those of organizations and teams are not even
/// made to last longer; a person's is, since it belongs to no organization.
public final class TokenTtlPolicies {
  private final Database database;
  private final Access access;
  private final Authentication authentication;
  private final Ids ids;
  private final Clock clock;
  private final TokenTtlPolicyStore store = new TokenTtlPolicyStore();

  public TokenTtlPolicies(
      Database database, Access access, Authentication authentication, Ids ids, Clock clock) {
    this.database = database;
    this.access = access;
    this.authentication = authentication;
    this.ids = ids;
    this.clock = clock;
  }

  /// None before something was said.
  ///
  /// @throws Fault.Forbidden for members who do not own it
  public List<TokenTtlPolicy> list(Principal caller, String organization) {
    return database.read(db -> store.list(db, owned(db, caller, organization)));
  }

  /// Says it of some types; what was said of others stays.
  ///
  /// @throws Fault.Forbidden for members who do not own it
  public List<TokenTtlPolicy> put(Principal caller, String organization, List<Wanted> wanted) {
    List<TokenTtlPolicy> policies =
        database.inTransaction(db -> {
          long key = owned(db, caller, organization);
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          for (Wanted one : wanted) {
            TokenTtlPolicyId id = new TokenTtlPolicyId(ids.next(TokenTtlPolicyId.PREFIX));
            store.put(db, id, key, one, now);
          }
          return store.list(db, key);
        });
    authentication.forgetAll();
    return policies;
  }

  private long owned(Handle db, Principal caller, String organization) {
    OrganizationAccess in = access.organization(db, caller, organization);
    if (!in.allows(OrganizationRight.MANAGE_TOKEN)) {
      throw new Fault.Forbidden("Only owners of the organization say how long tokens may live.");
    }
    return in.key();
  }
}
