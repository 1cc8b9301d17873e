package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.token.AuthenticationStore.Known;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out whom a token speaks for.
///
/// A token that was found is remembered for a few seconds, so that a busy client costs no query per
/// request; its secret is checked each time. What this process itself withdraws is forgotten at
/// once; what another node withdraws dies within [#REMEMBERED]. Client tracking in Redis will close
/// that gap. A run's token is never remembered, since it has to end with the run.
public final class Authentication {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 10_000;

  private final Database database;
  private final TokenDigest digest;
  private final Clock clock;
  private final AuthenticationStore store = new AuthenticationStore();
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  private record Remembered(Known known, Instant until) {}

  public Authentication(Database database, TokenDigest digest, Clock clock) {
    this.database = database;
    this.digest = digest;
    this.clock = clock;
  }

  /// Empty when the token is malformed, unknown, expired, or of somebody who is suspended.
  public Optional<Principal> principal(String token) {
    Instant now = clock.instant();
    return ClearToken.parse(token)
        .flatMap(clear -> known(clear, now).filter(known -> digest.proves(clear, known.digest())))
        .filter(known -> known.expiredAt() == null || known.expiredAt().isAfter(now))
        .map(Known::principal);
  }

  /// Called when the token was withdrawn.
  public void forget(TokenId id) {
    remembered.values().removeIf(entry -> entry.known().id().equals(id));
  }

  /// Called when more changed than one token: a person, an organization.
  public void forgetAll() {
    remembered.clear();
  }

  private Optional<Known> known(ClearToken clear, Instant now) {
    Remembered entry = remembered.get(clear.lookup());
    if (entry != null && entry.until().isAfter(now)) {
      return Optional.of(entry.known());
    }
    return database
        .read(db -> store.find(db, clear.lookup(), now))
        .filter(known -> digest.proves(clear, known.digest()))
        .map(known -> remember(clear.lookup(), known, now));
  }

  private Known remember(String lookup, Known known, Instant now) {
    Instant lastUsed = known.lastUsedAt();
    if (lastUsed == null || lastUsed.plus(USE_NOTED_EVERY).isBefore(now)) {
      database.useTransaction(db -> store.used(db, known.key(), now));
    }
    if (known.kind() != TokenKind.RUN) {
      if (remembered.size() >= REMEMBERED_MAX) {
        remembered.clear();
      }
      remembered.put(lookup, new Remembered(known, now.plus(REMEMBERED)));
    }
    return known;
  }
}
