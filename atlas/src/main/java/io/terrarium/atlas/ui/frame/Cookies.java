package io.terrarium.atlas.ui.frame;

import io.terrarium.kernel.http.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Cookies that no script may read, and that come along where somebody follows a link, but not with
/// what another site makes the browser send.
public final class Cookies {
  private static final int CHARACTERS_MAX = 4_096;

  private final boolean isSecure;

  /// @param isSecure whether browsers reach the site by https
  public Cookies(boolean isSecure) {
    this.isSecure = isSecure;
  }

  /// The value of the cookie of that name; of several, the first.
  public static Optional<String> of(Call call, String name) {
    return call.header("Cookie").stream()
        .flatMap(header -> Stream.of(header.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .filter(value -> !value.isEmpty() && value.length() <= CHARACTERS_MAX)
        .findFirst();
  }

  /// What sets it; an empty value takes it away.
  public String set(String name, String value, String path, Duration life) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + (value.isEmpty() ? 0 : life.toSeconds())
        + "; HttpOnly; SameSite=Lax"
        + (isSecure ? "; Secure" : "");
  }
}
