package io.terrarium.core.token;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.core.access.TeamRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The tokens of teams: any number of them with a description each, and one without.
public final class TeamTokens {
  private final Database database;
  private final Tokens tokens;
  private final Authentication authentication;
  private final Clock clock;
  private final Access access;
  private final TeamTokenStore store = new TeamTokenStore();

  public TeamTokens(
      Database database, Access access, Tokens tokens, Authentication authentication, Clock clock) {
    this.database = database;
    this.access = access;
    this.tokens = tokens;
    this.authentication = authentication;
    this.clock = clock;
  }

  /// The one without a description.
  public Token find(Principal caller, TeamId team) {
    return database.read(
        db -> store.legacy(db, managed(db, caller, team).key()).orElseThrow(Fault.NotFound::new));
  }

  /// Makes the team's token without a description; the one that it had is dead.
  public IssuedToken replace(Principal caller, TeamId team, NewToken token) {
    IssuedToken issued =
        database.inTransaction(db -> {
          long key = managed(db, caller, team).key();
          store.lock(db, key);
          store.legacy(db, key).ifPresent(before -> store.delete(db, List.of(before.id())));
          return issue(db, caller, key, new NewToken(null, token.expiredAt()));
        });
    authentication.forgetAll();
    return issued;
  }

  public void delete(Principal caller, TeamId team) {
    database.useTransaction(db -> {
      long key = managed(db, caller, team).key();
      store.delete(db, List.of(store.legacy(db, key).orElseThrow(Fault.NotFound::new).id()));
    });
    authentication.forgetAll();
  }

  /// All of a team.
  public Paged<Token> list(Principal caller, TeamId team, Page page) {
    return database.read(db -> store.ofTeam(db, managed(db, caller, team).key(), page));
  }

  /// One more, told apart by its description.
  public IssuedToken create(Principal caller, TeamId team, NewToken token) {
    return database.inTransaction(db -> {
      long key = managed(db, caller, team).key();
      if (token.description() == null || token.description().isBlank()) {
        throw new Fault.Invalid("description", "Description cannot be empty");
      }
      store.lock(db, key);
      if (store.isDescribed(db, key, token.description())) {
        throw new Fault.Invalid("description", "Description has already been taken");
      }
      return issue(db, caller, key, token);
    });
  }

  /// Those of all teams whose tokens the caller manages.
  public Paged<Token> ofOrganization(
      Principal caller, String organization, TeamTokenFilter filter, Page page) {
    return database.read(db -> {
      OrganizationAccess in =
          access.organization(db, caller, organization).require(OrganizationRight.READ_MEMBERS);
      return store.ofOrganization(db, scope(db, caller, in), filter, clock.instant(), page);
    });
  }

  /// All of them, or, where one is none that the caller manages, none.
  public void deleteOfOrganization(Principal caller, String organization, List<TokenId> ids) {
    database.useTransaction(db -> {
      long key =
          access
              .organization(db, caller, organization)
              .require(OrganizationRight.READ_MEMBERS)
              .key();
      for (TokenId id : ids) {
        TeamId team = tokens.found(db, caller, id).team();
        if (team == null || managed(db, caller, team).organization().key() != key) {
          throw new Fault.NotFound();
        }
      }
      store.delete(db, ids);
    });
    authentication.forgetAll();
  }

  private TeamTokenStore.Scope scope(Handle db, Principal caller, OrganizationAccess in) {
    List<Long> own =
        access.teams(db, caller, List.copyOf(in.teams())).values().stream()
            .filter(team -> team.allows(TeamRight.MANAGE_TOKENS))
            .map(TeamAccess::key)
            .toList();
    return new TeamTokenStore.Scope(
        in.key(),
        in.allows(OrganizationRight.MANAGE_OWNERS),
        in.allows(OrganizationRight.MANAGE_TEAMS),
        own);
  }

  private TeamAccess managed(Handle db, Principal caller, TeamId team) {
    return access.team(db, caller, team).require(TeamRight.MANAGE_TOKENS);
  }

  private IssuedToken issue(Handle db, Principal caller, long teamKey, NewToken token) {
    return tokens.issue(db, TokenKind.TEAM, teamKey, TokenStore.Maker.of(caller), token);
  }
}
