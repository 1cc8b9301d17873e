package io.terrarium.core.vcshost;

import io.terrarium.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// OAuth's authorization code flow at a host.
///
/// @param authorizePath and `tokenPath`: below where people see the host
/// @param scope what is asked for, where it is not settled with the application
/// @param style how the application shows who it is
record CodeFlow(String authorizePath, String tokenPath, Optional<String> scope, Style style)
    implements WebLogin {
  private static final long SECONDS_MAX = 10L * 365 * 24 * 3600;

  private static final Sieve GRANT =
      Sieve.of("access_token", "refresh_token", "expires_in", "error", "error_description");

  /// How the application shows who it is.
  enum Style {
    /// In the form, with its callback.
    FORM,
    /// By basic authentication; the host knows its callback.
    BASIC
  }

  @Override
  public URI authorizationUrl(HostAddress address, String key, URI callback, String state) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", key);
    query.put("response_type", "code");
    if (style == Style.FORM) {
      query.put("redirect_uri", callback.toString());
    }
    scope.ifPresent(asked -> query.put("scope", asked));
    query.put("state", state);
    return URI.create(
        HostAddress.base(address.httpUrl()) + authorizePath + "?" + Texts.form(query));
  }

  @Override
  public Outcome<Grant> exchange(HostLine line, Application application, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    return ask(line, application, form);
  }

  @Override
  public Outcome<Grant> refresh(HostLine line, Application application, Secret refreshToken) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken.value());
    return ask(line, application, form);
  }

  private Outcome<Grant> ask(HostLine line, Application application, Map<String, String> form) {
    Map<String, String> headers = new LinkedHashMap<>();
    // GitHub answers with a form otherwise.
    headers.put("Accept", "application/json");
    headers.put("User-Agent", HostConnection.USER_AGENT);
    switch (style) {
      case FORM -> {
        form.put("client_id", application.key());
        form.put("client_secret", application.secret().value());
        form.put("redirect_uri", application.callback().toString());
      }
      case BASIC ->
          headers.put("Authorization", basic(application.key(), application.secret().value()));
    }
    HostApi host = new HostApi(line, HostAddress.base(line.address().httpUrl()), headers);
    return refused(host.sendForm(tokenPath, form, GRANT, fields -> fields)).then(CodeFlow::grant);
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /// OAuth says 400 for a code or token that is not good.
  private static <T> Outcome<T> refused(Outcome<T> outcome) {
    return outcome instanceof Outcome.Failed<T>(Trouble.Rejected(String reason))
        ? new Outcome.Failed<>(new Trouble.Refused(reason))
        : outcome;
  }

  /// GitHub tells of errors with status 200.
  private static Outcome<Grant> grant(Fields fields) {
    Optional<String> token = fields.find("access_token");
    if (token.isEmpty()) {
      String said =
          Optional.ofNullable(fields.first("error_description", "error"))
              .map(text -> ": " + Texts.line(text))
              .orElse("");
      return new Outcome.Failed<>(new Trouble.Refused("The host gives no token" + said + "."));
    }
    return new Outcome.Done<>(
        new Grant(
            new Secret(token.get()),
            fields.find("refresh_token").map(Secret::new),
            fields
                .find("expires_in")
                .filter(text -> text.matches("\\d{1,10}"))
                .map(Long::parseLong)
                .filter(seconds -> seconds > 0 && seconds < SECONDS_MAX)
                .map(Duration::ofSeconds)));
  }
}
