package io.terrarium.atlas.ui.oauthclient;

import io.terrarium.core.oauthclient.OauthLogins;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Optional;
import java.util.stream.Stream;

/// Sends people to the page of a Git host, and takes them back from there. Nothing of the address
/// that they come with is logged, shown or sent on: it opens doors.
public final class ConnectPages {
  private static final String BEGIN = "/auth/:uuid";
  private static final String COOKIE = "terrarium_connect";
  private static final int SECRET_CHARACTERS_MAX = 4_096;
  private static final int WORDS_CHARACTERS_MAX = 300;

  private final OauthLogins logins;
  private final boolean isSecure;

  /// @param isSecure whether browsers reach the site by https
  public ConnectPages(OauthLogins logins, boolean isSecure) {
    this.logins = logins;
    this.isSecure = isSecure;
  }

  public void mount(Api api) {
    api.get(BEGIN, this::begin);
    api.get(BEGIN + "/callback", this::finish);
  }

  private Reply begin(Call call) {
    String uuid = call.path("uuid");
    return answer(uuid, () -> logins.begin(uuid, call.query("grant").orElse("")));
  }

  private Reply finish(Call call) {
    String uuid = call.path("uuid");
    return answer(
        uuid,
        () ->
            logins.finish(
                uuid,
                new OauthLogins.Returned(
                    bounded(call.query("state")),
                    bounded(cookie(call)).map(Secret::new),
                    bounded(call.query("code")).map(Secret::new),
                    words(call))));
  }

  /// A step that a person takes.
  private interface Taking {
    OauthLogins.Step take();
  }

  private Reply answer(String uuid, Taking taking) {
    return switch (step(taking)) {
      case OauthLogins.Sent sent ->
          Page.closed(Reply.redirect(302, sent.host().toString()))
              .with("Set-Cookie", cookie(uuid, sent.browser().value(), sent.timeMax().toSeconds()));
      case OauthLogins.Connected connected -> over(uuid, Page.connected(connected));
      case OauthLogins.Refused refused -> over(uuid, Page.refused(refused.reason()));
    };
  }

  /// People read pages, not documents of an API.
  private static OauthLogins.Step step(Taking taking) {
    try {
      return taking.take();
    } catch (Fault fault) {
      return new OauthLogins.Refused(
          fault.problems().stream().findFirst().map(Fault.Problem::detail).orElse(fault.title()));
    }
  }

  private Reply over(String uuid, Reply page) {
    return page.with("Set-Cookie", cookie(uuid, "", 0));
  }

  /// It comes back from the host's page, and from nowhere but by a link that somebody follows.
  private String cookie(String uuid, String value, long secondsMax) {
    return COOKIE
        + "="
        + value
        + "; Path=/auth/"
        + uuid.replaceAll("[^0-9a-f-]", "")
        + "; Max-Age="
        + secondsMax
        + "; HttpOnly; SameSite=Lax"
        + (isSecure ? "; Secure" : "");
  }

  private static Optional<String> cookie(Call call) {
    return call.header("Cookie").stream()
        .flatMap(header -> Stream.of(header.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(COOKIE + "="))
        .map(pair -> pair.substring(COOKIE.length() + 1))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Optional<String> bounded(Optional<String> given) {
    return given.filter(text -> !text.isEmpty() && text.length() <= SECRET_CHARACTERS_MAX);
  }

  /// What the host says where it gives no code.
  private static Optional<String> words(Call call) {
    return call.query("error")
        .map(error -> call.query("error_description").filter(text -> !text.isBlank()).orElse(error))
        .map(text -> text.replaceAll("\\p{Cntrl}", " "))
        .map(text -> text.substring(0, Math.min(text.length(), WORDS_CHARACTERS_MAX)));
  }
}
