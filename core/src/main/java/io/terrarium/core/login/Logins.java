package io.terrarium.core.login;

import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.core.token.NewToken;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// People let terraform in. The code that their browser brings it is good once, for two minutes,
/// and for who knows what the challenge was made of; the first who comes with it uses it up, so
/// that nobody can try twice.
public final class Logins {
  public static final Duration TIME_MAX = Duration.ofMinutes(2);

  private static final String PURPOSE = "terrarium login code digest v1";
  private static final int CODE_CHARACTERS = 43;
  private static final NewToken TOKEN = new NewToken("terraform login", null);

  private final Database database;
  private final Tokens tokens;
  private final Mac digests;
  private final Clock clock;
  private final LoginCodeStore store = new LoginCodeStore();

  public Logins(Database database, Tokens tokens, Secret rootSecret, Clock clock) {
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
    digests = Mac.sha256(Mac.key(rootSecret, PURPOSE));
  }

  /// Whom terraform speaks for from now on.
  public record LoggedIn(String username, IssuedToken token) {}

  /// Where the browser of the person who agrees goes on, with a code.
  public String approve(UserPrincipal user, LoginRequest request) {
    String code = io.terrarium.kernel.crypto.Tokens.base58(CODE_CHARACTERS);
    database.useTransaction(db ->
        store.insert(db, digest(code), user.userKey(), request, clock.instant().plus(TIME_MAX)));
    return request.granted(code);
  }

  /// Makes a token for who has brought the code; empty when it is not good, or no longer, and it is
  /// used up all the same.
  ///
  /// @param redirect the same as in the request
  /// @param verifier what the challenge was made of
  public Optional<LoggedIn> redeem(Secret code, String redirect, Secret verifier) {
    return database.inTransaction(db ->
        store
            .take(db, digest(code.value()))
            .filter(row -> isGood(row, redirect, verifier))
            .map(row ->
                new LoggedIn(row.username(), tokens.issueUserToken(db, row.userKey(), TOKEN))));
  }

  /// Forgets those that nobody has come with in time.
  public void sweep() {
    database.useTransaction(db -> store.forget(db, clock.instant()));
  }

  private boolean isGood(LoginCodeStore.Row row, String redirect, Secret verifier) {
    return !row.isSuspended()
        && clock.instant().isBefore(row.expiresAt())
        && row.redirect().equals(redirect)
        && io.terrarium.kernel.crypto.Tokens.same(challenge(verifier), row.challenge());
  }

  private String digest(String code) {
    return HexFormat.of().formatHex(digests.sign(code));
  }

  private static String challenge(Secret verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.value().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
