package io.terrarium.core.login;

import io.terrarium.kernel.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client on somebody's machine asks their browser to bring it. There is one client, which
/// everybody may claim to be, so what counts is where the code goes: to a port of that person's own
/// machine, and to nothing else.
///
/// @param redirect where the client listens
/// @param state by which the client knows that the answer is its own
/// @param challenge the SHA-256 of what only the client knows, by which it proves itself later
public record LoginRequest(String redirect, String state, String challenge) {
  public static final String CLIENT = "terraform-cli";
  public static final int PORT_FIRST = 10_000;
  public static final int PORT_LAST = 10_010;

  private static final Pattern REDIRECT =
      Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1):(1[0-9]{4})/login");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

  public LoginRequest {
    if (!isOwnMachine(redirect)) {
      throw new Fault.BadRequest(
          "The redirect_uri must be http://localhost:PORT/login with a port from "
              + PORT_FIRST
              + " to "
              + PORT_LAST
              + ": a code goes to your own machine alone.");
    }
    if (!CHALLENGE.matcher(challenge).matches()) {
      throw new Fault.BadRequest(
          "The code_challenge must be a SHA-256 in base64url, as PKCE has it.");
    }
    if (!STATE.matcher(state).matches()) {
      throw new Fault.BadRequest("The state must be a text of 1 to 512 characters of ASCII.");
    }
  }

  /// @param parameters of the request, by their names
  /// @throws Fault.BadRequest when it is not what such a client sends; nobody is sent anywhere then
  public static LoginRequest of(Function<String, Optional<String>> parameters) {
    require(parameters, "client_id", CLIENT);
    require(parameters, "response_type", "code");
    require(parameters, "code_challenge_method", "S256");
    return new LoginRequest(
        parameters.apply("redirect_uri").orElse(""),
        parameters.apply("state").orElse(""),
        parameters.apply("code_challenge").orElse(""));
  }

  private static void require(
      Function<String, Optional<String>> parameters, String name, String value) {
    if (!parameters.apply(name).orElse("").equals(value)) {
      throw new Fault.BadRequest("The " + name + " must be " + value + ".");
    }
  }

  private static boolean isOwnMachine(String redirect) {
    Matcher parts = REDIRECT.matcher(redirect);
    if (!parts.matches()) {
      return false;
    }
    int port = Integer.parseInt(parts.group(1));
    return port >= PORT_FIRST && port <= PORT_LAST;
  }

  /// Scheme, host and port of where the client listens.
  public String origin() {
    return redirect.substring(0, redirect.lastIndexOf('/'));
  }

  /// Where the browser goes with a code.
  String granted(String code) {
    return redirect + "?code=" + encoded(code) + "&state=" + encoded(state);
  }

  /// Where the browser goes without one.
  public String refused() {
    return redirect + "?error=access_denied&state=" + encoded(state);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
