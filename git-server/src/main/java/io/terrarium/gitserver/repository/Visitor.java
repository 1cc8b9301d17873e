package io.terrarium.gitserver.repository;

import io.terrarium.kernel.http.Call;
import java.util.regex.Pattern;

/// Who has shown the token, by the name that they gave with it.
public record Visitor(String login) {
  /// For those who gave none.
  public static final Visitor NAMELESS = new Visitor("lab");

  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,39}");

  /// A name that is none is passed over: the token alone counts.
  public static Visitor named(String login) {
    return LOGIN.matcher(login).matches() ? new Visitor(login) : NAMELESS;
  }

  public static Visitor of(Call call) {
    return call.find(Visitor.class).orElse(NAMELESS);
  }
}
