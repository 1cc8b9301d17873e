package io.terrarium.core.session;

import io.terrarium.core.account.User;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who is signed in. The cookie's secret is random and nothing but a name for the row, so that a
/// session can be ended from here at any time; its digest alone is kept, and the token of forms is
/// derived from it, so neither the database nor its backup lets anybody in.
public final class Sessions {
  /// As the real product has it where nobody says otherwise.
  public static final Duration IDLE_MAX = Duration.ofDays(14);

  public static final Duration AGE_MAX = Duration.ofDays(30);

  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARACTERS = 2 * SECRET_BYTES;

  private final Database database;
  private final Mac digests;
  private final Mac formTokens;
  private final Clock clock;
  private final SessionStore store = new SessionStore();

  public Sessions(Database database, Secret rootSecret, Clock clock) {
    this.database = database;
    this.clock = clock;
    digests = Mac.sha256(Mac.key(rootSecret, "terrarium browser session digest v1"));
    formTokens = Mac.sha256(Mac.key(rootSecret, "terrarium browser form token v1"));
  }

  /// The secret of a session that nobody had before, so that none which was planted in the browser
  /// is ever signed in.
  public Secret begin(User user) {
    Secret secret = new Secret(Tokens.hex(SECRET_BYTES));
    database.useTransaction(db -> store.insert(db, digest(secret), user.key(), clock.instant()));
    return secret;
  }

  /// Empty when it is unknown, too old, or of somebody who is suspended.
  public Optional<Session> find(Secret secret) {
    if (secret.value().length() != SECRET_CHARACTERS) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<SessionStore.Row> found =
        database.read(
            db -> store.find(db, digest(secret), now.minus(AGE_MAX), now.minus(IDLE_MAX)));
    found
        .filter(row -> row.seenAt().plus(USE_NOTED_EVERY).isBefore(now))
        .ifPresent(row -> database.useTransaction(db -> store.seen(db, row.key(), now)));
    return found.map(row -> new Session(row.key(), row.user(), row.email(), formToken(secret)));
  }

  /// All of the same person, the latest used first.
  public List<OpenSession> list(Session session) {
    Instant now = clock.instant();
    return database.read(db ->
        store.list(
            db, session.user().userKey(), session.key(), now.minus(AGE_MAX), now.minus(IDLE_MAX)));
  }

  public void end(Session session) {
    database.useTransaction(db -> store.delete(db, session.key()));
  }

  /// Of the same person, in other browsers.
  public void endOthers(Session session) {
    database.useTransaction(db -> endOthers(db, session));
  }

  public void endOthers(Handle db, Session session) {
    store.deleteOthers(db, session.user().userKey(), session.key());
  }

  /// Of a person, in all browsers.
  public void endAll(Handle db, long userKey) {
    store.deleteOf(db, userKey);
  }

  /// Forgets those that are too old to be found.
  public void sweep() {
    Instant now = clock.instant();
    database.useTransaction(db -> store.forget(db, now.minus(AGE_MAX), now.minus(IDLE_MAX)));
  }

  private String digest(Secret secret) {
    return HexFormat.of().formatHex(digests.sign(secret.value()));
  }

  private Secret formToken(Secret secret) {
    return new Secret(HexFormat.of().formatHex(formTokens.sign(secret.value())));
  }
}
