package io.terrarium.core.oauthclient;

import io.terrarium.core.ValueCipher;
import io.terrarium.core.vcshost.HostAddress;
import io.terrarium.core.vcshost.HostLine;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.core.vcshost.WebLogin;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.database.Database;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes tokens new that end, shortly before they do.
///
/// A host may take a refresh token once only, so the row is locked while the host is asked: another
/// process waits, and finds the new one. Who dies after the host's answer and before the commit
/// loses the new one; the host then refuses the old one, people are told, and connect again.
public final class TokenRenewals {
  private static final Logger log = LoggerFactory.getLogger(TokenRenewals.class);

  /// Some hosts end the old token as soon as there is a new one, and somebody may just be using it.
  private static final Duration EARLY = Duration.ofMinutes(1);

  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMinutes(10);

  /// Those who have waited for the lock need not each wait for the same silence.
  private static final Duration PAUSE_AFTER_SILENCE = Duration.ofSeconds(30);

  private final Database database;
  private final OutboundClient outside;
  private final ValueCipher cipher;
  private final Clock clock;
  private final Site site;
  private final TokenRenewalStore store = new TokenRenewalStore();
  private final OauthTokenStore tokens = new OauthTokenStore();

  /// @param publicUrl under which browsers reach the site
  public record Site(URI publicUrl, ConnectionLines lines) {}

  /// A token as it was read.
  ///
  /// @param value ciphertext
  /// @param endsAt null where it does not end by itself
  public record Held(long key, String value, @Nullable Instant endsAt) {
    @Override
    public String toString() {
      return "Held[" + key + "]";
    }
  }

  public TokenRenewals(
      Database database, OutboundClient outside, ValueCipher cipher, Clock clock, Site site) {
    this.database = database;
    this.outside = outside;
    this.cipher = cipher;
    this.clock = clock;
    this.site = site;
  }

  /// A token has ended, and its host does not answer; the same may succeed later.
  public static final class SilentHostFault extends RuntimeException implements Outage {
    private static final long serialVersionUID = 1L;

    SilentHostFault() {
      super("The token of the connection has ended, and its host does not answer.");
    }

    @Override
    public boolean isPassing() {
      return true;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /// What came of it.
  ///
  /// @param value ciphertext, the old one where there is no new one
  /// @param isSilent whether there is none because the host does not answer
  private record Renewal(String value, boolean isSilent) {
    static Renewal of(String value) {
      return new Renewal(value, false);
    }
  }

  /// The ciphertext of a token that is good for now. Where the host refuses to make it new, it is
  /// the old one: the host will say what is wrong with that to whoever uses it.
  ///
  /// @param flow what it is for, as headers
  /// @throws SilentHostFault when it is to be tried again
  public String current(Held held, Map<String, String> flow) {
    if (isGood(held.endsAt())) {
      return held.value();
    }
    Renewal renewal =
        database.inTransaction(db ->
            store
                .lock(db, held.key())
                .map(token -> current(db, token, flow))
                .orElse(Renewal.of(held.value())));
    // Thrown after the commit: those who come next are not to wait for the same silence.
    if (renewal.isSilent()) {
      throw new SilentHostFault();
    }
    return renewal.value();
  }

  private boolean isGood(@Nullable Instant endsAt) {
    return endsAt == null || clock.instant().plus(EARLY).isBefore(endsAt);
  }

  private Renewal current(Handle db, TokenRenewalStore.Locked token, Map<String, String> flow) {
    Optional<WebLogin> login = token.provider().host().webLogin();
    String refresh = token.refreshToken();
    String secret = token.secret();
    String key = token.oauthKey();
    if (isGood(token.endsAt())
        || login.isEmpty()
        || refresh == null
        || secret == null
        || key == null) {
      return Renewal.of(token.value());
    }
    if (isPausing(token.pausesUntil())) {
      return new Renewal(token.value(), token.refusedAt() == null && hasEnded(token.endsAt()));
    }
    List<String> opened = cipher.decryptTexts(List.of(secret, refresh));
    WebLogin.Application application =
        new WebLogin.Application(
            key,
            new Secret(opened.getFirst()),
            URI.create(site.publicUrl() + OauthLogins.callbackPath(token.callbackUuid())));
    HostLine line =
        new HostLine(
            outside,
            new HostAddress(URI.create(token.httpUrl()), URI.create(token.apiUrl())),
            flow);
    return switch (login.get().refresh(line, application, new Secret(opened.getLast()))) {
      case Outcome.Done<WebLogin.Grant>(WebLogin.Grant grant) -> renewed(db, token, grant);
      case Outcome.Failed<WebLogin.Grant>(Trouble trouble) -> notRenewed(db, token, trouble);
    };
  }

  private boolean hasEnded(@Nullable Instant endsAt) {
    return endsAt != null && !clock.instant().isBefore(endsAt);
  }

  private boolean isPausing(@Nullable Instant until) {
    return until != null && clock.instant().isBefore(until);
  }

  /// A host that gives no new refresh token takes the old one again.
  private Renewal renewed(Handle db, TokenRenewalStore.Locked token, WebLogin.Grant grant) {
    OauthTokenStore.Value value =
        OauthTokenStore.Value.of(grant, cipher, token.user(), clock.instant());
    tokens.setValue(
        db,
        token.key(),
        value.refreshToken() == null ? value.refreshedBy(token.refreshToken()) : value);
    log.atInfo().addKeyValue("oauth_token_id", token.id()).log("token of a git host made new");
    return Renewal.of(Objects.requireNonNull(value.token()));
  }

  private Renewal notRenewed(Handle db, TokenRenewalStore.Locked token, Trouble trouble) {
    log.atWarn()
        .addKeyValue("oauth_token_id", token.id())
        .addKeyValue("reason", trouble.reason())
        .log("token of a git host not made new");
    Instant now = clock.instant();
    if (trouble instanceof Trouble.Passing) {
      store.pause(db, token.key(), now.plus(PAUSE_AFTER_SILENCE));
      return new Renewal(token.value(), hasEnded(token.endsAt()));
    }
    store.pause(db, token.key(), now.plus(PAUSE_AFTER_REFUSAL));
    if (token.refusedAt() == null) {
      site.lines()
          .error(
              db,
              tokens.find(db, token.id()).orElseThrow(),
              "The token of the connection has ended, and the host makes no new one: "
                  + trouble.reason(),
              "Connect again by the connection's connect-path.");
    }
    store.refused(db, token.key(), now);
    return Renewal.of(token.value());
  }
}
