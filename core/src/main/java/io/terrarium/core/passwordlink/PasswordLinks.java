package io.terrarium.core.passwordlink;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Site admins hand people a link by which they choose their own password, so that nobody else ever
/// knows it. The real product sends such links by e-mail; there is none here.
public final class PasswordLinks {
  public static final Duration TIME_MAX = Duration.ofDays(2);

  private static final Logger log = LoggerFactory.getLogger(PasswordLinks.class);
  private static final String PURPOSE = "terrarium password link digest v1";
  private static final int SECRET_BYTES = 32;

  private final Database database;
  private final Users users;
  private final Sessions sessions;
  private final Mac digests;
  private final Clock clock;
  private final PasswordLinkStore store = new PasswordLinkStore();

  public PasswordLinks(
      Database database, Users users, Sessions sessions, Secret rootSecret, Clock clock) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
    this.clock = clock;
    digests = Mac.sha256(Mac.key(rootSecret, PURPOSE));
  }

  /// Makes an account that nobody can sign in to until the link was used.
  ///
  /// @throws Fault.Invalid naming everything that is wrong with the name or the address
  public PasswordLink invite(Principal caller, String username, String email) {
    return make(caller, "created", db -> users.create(db, username, email));
  }

  /// For somebody who has an account, and no link that was given out before. The password of before
  /// is good until the link is used.
  public PasswordLink renew(Principal caller, UserId id) {
    return make(
        caller, "given a password link", db -> users.find(db, id).orElseThrow(Fault.NotFound::new));
  }

  private PasswordLink make(Principal caller, String told, Function<Handle, User> whose) {
    UserPrincipal admin = Access.requireSiteAdmin(caller);
    Secret secret = new Secret(Tokens.hex(SECRET_BYTES));
    Instant expires = clock.instant().plus(TIME_MAX);
    PasswordLink made =
        database.inTransaction(db -> {
          User user = whose.apply(db);
          store.replace(db, user.key(), digest(secret), expires);
          return new PasswordLink(user, secret, expires);
        });
    log.atInfo()
        .addKeyValue("admin_id", admin.id())
        .addKeyValue("user_id", made.user().id())
        .addKeyValue("change", told)
        .log("account changed by a site admin");
    return made;
  }

  /// Whose link it is; empty when it was used, replaced or is too old, or when its person is
  /// suspended.
  public Optional<User> find(Secret secret) {
    return database.read(
        db -> store.find(db, digest(secret), clock.instant()).map(key -> users.get(db, key)));
  }

  /// Gives its person the password and ends their sessions, in which somebody else may sit; empty
  /// as for [#find]. A password that is refused leaves the link as it was.
  ///
  /// @throws Fault.Invalid when the password is none, or typed differently the second time
  public Optional<User> use(Secret secret, Secret password, Secret confirmation) {
    Users.NewPassword chosen = users.choose(password, confirmation);
    return database.inTransaction(db ->
        store
            .take(db, digest(secret), clock.instant())
            .map(key -> {
              sessions.endAll(db, key);
              return users.give(db, key, chosen);
            }));
  }

  /// Forgets those that nobody has used in time.
  public void sweep() {
    database.useTransaction(db -> store.forget(db, clock.instant()));
  }

  private String digest(Secret secret) {
    return HexFormat.of().formatHex(digests.sign(secret.value()));
  }
}
