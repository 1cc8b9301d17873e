package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.vcshost.HostAddress;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.HostLine;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.core.vcshost.WebLogin;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// People let a connection in by the page of their Git host: OAuth's authorization code flow.
///
/// What goes with a person to the host and back is good once, for ten minutes, for one connection
/// and in the browser that began; it is used up before the host is asked for a token. Who dies in
/// between leaves a code that nobody can use any more, and the person begins again.
public final class OauthLogins {
  private static final Duration TIME_MAX = Duration.ofMinutes(10);
  private static final int SECRET_CHARACTERS = 43;
  private static final String STATE = "state";
  private static final String BROWSER = "browser";

  private static final Refused BAD_LINK =
      new Refused(
          "This link is not good, or no longer. It is good for an hour: ask the API for the"
              + " connection again, whose connect-path is a new one.");

  private static final Refused NOT_UNDERWAY =
      new Refused(
          "Nobody is on the way to the host here by this address: that is good once, and for ten"
              + " minutes. Begin again by the connection's connect-path.");

  private final Database database;
  private final OutboundClient outside;
  private final ValueCipher cipher;
  private final ConnectGrants grants;
  private final Parts parts;
  private final OauthLoginStore store = new OauthLoginStore();
  private final OauthTokenStore tokens = new OauthTokenStore();

  /// @param publicUrl under which browsers reach the site
  public record Parts(URI publicUrl, Clock clock, Ids ids, ConnectionLines lines) {}

  public OauthLogins(
      Database database,
      OutboundClient outside,
      ValueCipher cipher,
      ConnectGrants grants,
      Parts parts) {
    this.database = database;
    this.outside = outside;
    this.cipher = cipher;
    this.grants = grants;
    this.parts = parts;
  }

  /// Where a person begins.
  static String path(String uuid) {
    return "/auth/" + uuid;
  }

  /// Where the host sends them back to.
  public static String callbackPath(String uuid) {
    return path(uuid) + "/callback";
  }

  /// What came of a step.
  public sealed interface Step {}

  /// @param host where the person goes on
  /// @param browser to be kept by the browser alone
  public record Sent(URI host, Secret browser, Duration timeMax) implements Step {}

  /// @param user whose account the connection has now, where the host tells
  public record Connected(String organization, String host, Optional<String> user)
      implements Step {}

  /// @param reason for the person
  public record Refused(String reason) implements Step {}

  /// What a person comes back with.
  ///
  /// @param browser what [Sent] gave it
  /// @param error why the host gives no code
  public record Returned(
      Optional<String> state,
      Optional<Secret> browser,
      Optional<Secret> code,
      Optional<String> error) {}

  /// @param grant of the link
  public Step begin(String uuid, String grant) {
    Instant now = parts.clock().instant();
    if (!grants.allows(uuid, grant, now)) {
      return BAD_LINK;
    }
    Optional<OauthLoginStore.Application> found = database.read(db -> store.application(db, uuid));
    Optional<WebLogin> login = found.flatMap(one -> one.provider().host().webLogin());
    if (found.isEmpty() || login.isEmpty()) {
      return BAD_LINK;
    }
    OauthLoginStore.Application application = found.get();
    String state = Tokens.base58(SECRET_CHARACTERS);
    String browser = Tokens.base58(SECRET_CHARACTERS);
    database.useTransaction(db ->
        store.begin(
            db,
            application.clientKey(),
            grants.digest(STATE, state),
            grants.digest(BROWSER, browser),
            now,
            now.plus(TIME_MAX)));
    URI host =
        login
            .get()
            .authorizationUrl(address(application), application.oauthKey(), callback(uuid), state);
    return new Sent(host, new Secret(browser), TIME_MAX);
  }

  public Step finish(String uuid, Returned returned) {
    Optional<OauthLoginStore.Application> found = database.read(db -> store.application(db, uuid));
    Optional<WebLogin> login = found.flatMap(one -> one.provider().host().webLogin());
    if (found.isEmpty() || login.isEmpty() || returned.state().isEmpty()) {
      return NOT_UNDERWAY;
    }
    OauthLoginStore.Application application = found.get();
    String digest = grants.digest(STATE, returned.state().get());
    Optional<OauthLoginStore.Login> underway =
        database.inTransaction(db -> store.take(db, application.clientKey(), digest));
    if (underway.filter(one -> parts.clock().instant().isBefore(one.expiresAt())).isEmpty()) {
      return NOT_UNDERWAY;
    }
    if (!isSameBrowser(returned, underway.get())) {
      return new Refused(
          "This is not the browser that began, or it keeps no cookies. Begin again by the"
              + " connection's connect-path, below "
              + parts.publicUrl()
              + ".");
    }
    if (returned.error().isPresent()) {
      return new Refused("The host gives no access: " + returned.error().get());
    }
    return returned
        .code()
        .map(code -> exchange(application, login.get(), callback(uuid), code))
        .orElse(new Refused("The host has sent no code."));
  }

  private boolean isSameBrowser(Returned returned, OauthLoginStore.Login underway) {
    return returned
        .browser()
        .filter(browser -> grants.proves(BROWSER, browser.value(), underway.browserDigest()))
        .isPresent();
  }

  private Step exchange(
      OauthLoginStore.Application application, WebLogin login, URI callback, Secret code) {
    HostLine line = new HostLine(outside, address(application), Map.of());
    Secret secret = new Secret(cipher.decryptTexts(List.of(application.secret())).getFirst());
    Outcome<WebLogin.Grant> outcome =
        login.exchange(
            line, new WebLogin.Application(application.oauthKey(), secret, callback), code.value());
    return switch (outcome) {
      case Outcome.Done<WebLogin.Grant>(WebLogin.Grant grant) -> take(application, line, grant);
      case Outcome.Failed<WebLogin.Grant>(Trouble trouble) -> refused(trouble);
    };
  }

  private Step take(OauthLoginStore.Application application, HostLine line, WebLogin.Grant grant) {
    return switch (application.provider().host().user(new HostConnection(line, grant.token()))) {
      case Outcome.Done<String>(String user) -> kept(application, grant, user);
      case Outcome.Failed<String>(Trouble.Refused trouble) -> refused(trouble);
      // The host is away just now, or knows nobody by that token, which may be good all the same.
      case Outcome.Failed<String> _ -> kept(application, grant, null);
    };
  }

  private static Refused refused(Trouble trouble) {
    return new Refused("The host gives no token: " + trouble.reason());
  }

  private Step kept(
      OauthLoginStore.Application application, WebLogin.Grant grant, @Nullable String user) {
    OauthTokenStore.Value value =
        OauthTokenStore.Value.of(grant, cipher, user, parts.clock().instant());
    boolean isKept = database.inTransaction(db -> keep(db, application, value));
    return isKept
        ? new Connected(
            application.organization(), application.httpUrl(), Optional.ofNullable(user))
        : BAD_LINK;
  }

  /// A connection has one token: whoever follows repositories by it goes on with the new value.
  private boolean keep(
      Handle db, OauthLoginStore.Application application, OauthTokenStore.Value value) {
    if (!store.lock(db, application.clientKey())) {
      return false;
    }
    Instant now = parts.clock().instant();
    OauthToken token =
        tokens
            .ofClient(db, application.clientKey())
            .map(present -> {
              tokens.setValue(db, present.key(), value);
              return present;
            })
            .orElseGet(() -> {
              OauthTokenId id = new OauthTokenId(parts.ids().next(OauthTokenId.PREFIX));
              tokens.insert(db, id, application.clientKey(), value, now);
              return tokens.find(db, id).orElseThrow();
            });
    parts
        .lines()
        .info(
            db,
            token,
            "The connection to "
                + application.httpUrl()
                + " was let in by the host's page"
                + (value.user() == null ? "." : ", as " + value.user() + "."));
    return true;
  }

  private URI callback(String uuid) {
    return URI.create(parts.publicUrl() + callbackPath(uuid));
  }

  private static HostAddress address(OauthLoginStore.Application application) {
    return new HostAddress(URI.create(application.httpUrl()), URI.create(application.apiUrl()));
  }
}
