package io.terrarium.core.account;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.core.token.NewToken;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Accounts of people.
public final class Users {
  private static final NewToken INITIAL = new NewToken("Initial admin token", null);

  private final Database database;
  private final Tokens tokens;
  private final Authentication authentication;
  private final Ids ids;
  private final Clock clock;
  private final UserStore store = new UserStore();

  public Users(
      Database database, Tokens tokens, Authentication authentication, Ids ids, Clock clock) {
    this.database = database;
    this.tokens = tokens;
    this.authentication = authentication;
    this.ids = ids;
    this.clock = clock;
  }

  /// Whether nobody has an account yet.
  public boolean isEmpty() {
    return database.read(store::isEmpty);
  }

  /// Makes the first person, a site admin, with a token; empty when there is somebody already. Of
  /// two callers at once one is the first.
  public Optional<IssuedToken> createInitialAdmin(NewUser user) {
    return createFirst(user, (db, key) -> tokens.issueUserToken(db, key, INITIAL));
  }

  /// The same for somebody at a browser, who needs no token.
  public Optional<User> createFirst(NewUser user) {
    return createFirst(user, this::get);
  }

  /// What is told of the first person.
  private interface Telling<T> {
    T of(Handle db, long key);
  }

  private <T> Optional<T> createFirst(NewUser user, Telling<T> telling) {
    if (!isEmpty()) {
      return Optional.empty();
    }
    user.check();
    String digest = Passwords.digest(user.password());
    return database.inTransaction(db -> {
      store.lock(db);
      return store.isEmpty(db)
          ? Optional.of(telling.of(db, insert(db, user.username(), user.email(), digest, true)))
          : Optional.empty();
    });
  }

  /// Makes one more person, who has no password yet and so cannot sign in.
  ///
  /// @throws Fault.Invalid naming everything that is wrong
  public User create(Handle db, String username, String email) {
    AccountRules.check(AccountRules.problems(username, email));
    store.lock(db);
    checkFree(db, 0, username, email);
    return get(db, insert(db, username, email, null, false));
  }

  public User get(Handle db, long key) {
    return store.find(db, key).orElseThrow(Fault.NotFound::new);
  }

  public Optional<User> find(Handle db, UserId id) {
    return store.find(db, id);
  }

  /// A password that somebody may have, ready to be kept.
  public static final class NewPassword {
    private final String digest;

    private NewPassword(String digest) {
      this.digest = digest;
    }
  }

  /// @throws Fault.Invalid when it is none, or typed differently the second time
  public NewPassword choose(Secret password, Secret confirmation) {
    AccountRules.check(problems(password, confirmation));
    return new NewPassword(Passwords.digest(password));
  }

  public User give(Handle db, long key, NewPassword password) {
    store.replacePassword(db, key, password.digest);
    return get(db, key);
  }

  private static List<Fault.Problem> problems(Secret password, Secret confirmation) {
    List<Fault.Problem> problems = new ArrayList<>(AccountRules.problems(password));
    if (!password.equals(confirmation)) {
      problems.add(
          AccountRules.problem("password_confirmation", "Password confirmation is not the same"));
    }
    return problems;
  }

  /// The person of that username or address, if the password is theirs. Takes the same time where
  /// there is nobody of that name.
  public Optional<User> proven(String login, Secret password) {
    Optional<Proof> proof =
        database.read(db ->
            store
                .findNamed(db, login)
                .or(() -> store.findByEmail(db, login))
                .filter(user -> !user.suspended())
                .flatMap(user ->
                    store.passwordDigest(db, user.key()).map(digest -> new Proof(user, digest))));
    String digest = proof.map(Proof::digest).orElseGet(Passwords::nobodys);
    return Passwords.proves(password, digest) ? proof.map(Proof::user) : Optional.empty();
  }

  private record Proof(User user, String digest) {}

  public User self(Principal principal) {
    UserPrincipal user = Access.requireUser(principal);
    return database.read(db -> store.find(db, user.userKey()).orElseThrow(Fault.NotFound::new));
  }

  /// Oneself, or somebody of a common organization.
  public User find(Principal principal, UserId id) {
    return findAll(principal, List.of(id)).stream().findFirst().orElseThrow(Fault.NotFound::new);
  }

  /// As [#find], without those who cannot be seen.
  public List<User> findAll(Principal principal, List<UserId> ids) {
    return database.read(db -> {
      List<User> found = store.findAll(db, ids);
      Set<Long> seen = seen(db, principal, found.stream().map(User::key).toList());
      return found.stream().filter(user -> seen.contains(user.key())).toList();
    });
  }

  private Set<Long> seen(Handle db, Principal principal, List<Long> users) {
    return switch (principal) {
      case UserPrincipal caller -> {
        Set<Long> others = new HashSet<>(store.whoShareOrganization(db, caller, users));
        others.add(caller.userKey());
        yield others;
      }
      case OrganizationPrincipal caller -> store.members(db, caller.organizationKey(), users);
      case TeamPrincipal caller -> store.members(db, caller.organizationKey(), users);
      case RunPrincipal _ -> Set.of();
    };
  }

  public User update(Principal principal, Patch<String> username, Patch<String> email) {
    UserPrincipal caller = Access.requireUser(principal);
    User updated =
        database.inTransaction(db -> {
          store.lock(db);
          User before = store.find(db, caller.userKey()).orElseThrow(Fault.NotFound::new);
          String newName = username.over(before.username());
          String newEmail = email.over(before.email());
          AccountRules.check(AccountRules.problems(newName, newEmail));
          checkFree(db, before.key(), newName, newEmail);
          store.replace(db, before.key(), newName, newEmail);
          return store.find(db, before.key()).orElseThrow();
        });
    authentication.forgetAll();
    return updated;
  }

  /// Their tokens stay: who wants them gone deletes them.
  ///
  /// @param signOut ends their sessions, all or all others, in which somebody else may sit
  public User changePassword(
      Principal principal,
      Secret current,
      Secret password,
      Secret confirmation,
      Consumer<Handle> signOut) {
    UserPrincipal caller = Access.requireUser(principal);
    Optional<String> before = database.read(db -> store.passwordDigest(db, caller.userKey()));
    List<Fault.Problem> problems = new ArrayList<>();
    if (!Passwords.proves(current, before.orElseGet(Passwords::nobodys))) {
      problems.add(AccountRules.problem("current_password", "Current password is wrong"));
    }
    problems.addAll(problems(password, confirmation));
    AccountRules.check(problems);
    NewPassword chosen = new NewPassword(Passwords.digest(password));
    return database.inTransaction(db -> {
      signOut.accept(db);
      return give(db, caller.userKey(), chosen);
    });
  }

  private long insert(
      Handle db, String username, String email, @Nullable String digest, boolean siteAdmin) {
    long key =
        store.insert(
            db,
            UserStore.unwritten(
                store.invited(db, email).orElseGet(() -> new UserId(ids.next(UserId.PREFIX))),
                username,
                email,
                siteAdmin,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            digest);
    store.acceptInvitations(db, key, email);
    return key;
  }

  private void checkFree(Handle db, long own, String username, String email) {
    List<Fault.Problem> problems = new ArrayList<>();
    if (store.findNamed(db, username).filter(user -> user.key() != own).isPresent()) {
      problems.add(AccountRules.problem("username", "Username has already been taken"));
    }
    if (store.findByEmail(db, email).filter(user -> user.key() != own).isPresent()) {
      problems.add(AccountRules.problem("email", "Email has already been taken"));
    }
    AccountRules.check(problems);
  }
}
