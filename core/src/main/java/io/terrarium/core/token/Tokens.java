package io.terrarium.core.token;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.access.TeamRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Makes, lists and deletes tokens.
public final class Tokens {
  private static final NewToken PLAIN = new NewToken(null, null);

  private final Database database;
  private final TokenDigest digest;
  private final Authentication authentication;
  private final Ids ids;
  private final Clock clock;
  private final Access access = new Access();
  private final TokenStore store = new TokenStore();
  private final TokenTtlPolicyStore lives = new TokenTtlPolicyStore();

  public Tokens(
      Database database, TokenDigest digest, Authentication authentication, Ids ids, Clock clock) {
    this.database = database;
    this.digest = digest;
    this.authentication = authentication;
    this.ids = ids;
    this.clock = clock;
  }

  /// One more token of a person.
  public IssuedToken createForUser(UserPrincipal user, NewToken token) {
    return database.inTransaction(db -> issueUserToken(db, user.userKey(), token));
  }

  /// The same inside the transaction that makes the person.
  public IssuedToken issueUserToken(Handle db, long userKey, NewToken token) {
    return issue(db, TokenKind.USER, userKey, new TokenStore.Maker(userKey, null, null), token);
  }

  public Paged<Token> listOfUser(UserPrincipal user, Page page) {
    return database.read(db -> store.listOfUser(db, user.userKey(), page));
  }

  /// A person's own, or that of a team whose tokens the caller manages.
  public Token find(Principal principal, TokenId id) {
    return database.read(db -> found(db, principal, id));
  }

  public void delete(Principal principal, TokenId id) {
    database.useTransaction(db -> store.delete(db, found(db, principal, id).key()));
    authentication.forget(id);
  }

  /// @throws Fault.NotFound for whom the caller may not see
  Token found(Handle db, Principal principal, TokenId id) {
    Optional<Token> own =
        principal instanceof UserPrincipal user
            ? store.findOfUser(db, user.userKey(), id)
            : Optional.empty();
    return own.or(() ->
            store
                .find(db, id)
                .filter(
                    token -> token.team() != null && managesTokens(db, principal, token.team())))
        .orElseThrow(Fault.NotFound::new);
  }

  private boolean managesTokens(Handle db, Principal principal, TeamId team) {
    try {
      return access.team(db, principal, team).allows(TeamRight.MANAGE_TOKENS);
    } catch (Fault.NotFound hidden) {
      return false;
    }
  }

  public Token ofOrganization(Principal principal, String organization) {
    return database.read(db ->
        store
            .findOfOrganization(db, managed(db, principal, organization).key())
            .orElseThrow(Fault.NotFound::new));
  }

  /// Makes the organization's token; the one that it had is dead.
  public IssuedToken replaceOfOrganization(
      Principal principal, String organization, NewToken token) {
    IssuedToken issued =
        database.inTransaction(db -> {
          long key = managed(db, principal, organization).key();
          store.lockOrganization(db, key);
          store.deleteOfOrganization(db, key);
          TokenStore.Maker maker = TokenStore.Maker.of(Access.requireUser(principal));
          return issue(db, TokenKind.ORGANIZATION, key, maker, token);
        });
    authentication.forgetAll();
    return issued;
  }

  public void deleteOfOrganization(Principal principal, String organization) {
    database.useTransaction(db -> {
      if (!store.deleteOfOrganization(db, managed(db, principal, organization).key())) {
        throw new Fault.NotFound();
      }
    });
    authentication.forgetAll();
  }

  /// The token of a new attempt of a run; those of its earlier attempts are dead. It works until
  /// the run's end.
  public Secret issueRunToken(Handle db, long runKey) {
    store.deleteOfRun(db, runKey);
    return addRunToken(db, runKey);
  }

  /// One token more for a run, beside those that it has.
  public Secret addRunToken(Handle db, long runKey) {
    return issue(db, TokenKind.RUN, runKey, TokenStore.Maker.SITE, PLAIN).clear();
  }

  private OrganizationAccess managed(Handle db, Principal principal, String organization) {
    return access.organization(db, principal, organization).require(OrganizationRight.MANAGE_TOKEN);
  }

  IssuedToken issue(
      Handle db, TokenKind kind, long ownerKey, TokenStore.Maker maker, NewToken token) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    token.check(now, lives.longest(db, kind, ownerKey));
    ClearToken clear = ClearToken.random();
    TokenId id = new TokenId(ids.next(TokenId.PREFIX));
    store.insert(
        db, new TokenStore.Insert(id, clear, digest.of(clear), kind, ownerKey, maker, token, now));
    return new IssuedToken(store.find(db, id).orElseThrow(), clear.whole());
  }
}
