package io.terrarium.gitserver;

import io.terrarium.gitserver.repository.Visitor;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Lets those in who show the token: as the password of any user, as Git and browsers do, or as
/// clients of Gitea do, `Authorization: token …` or `Bearer …`.
record Door(Secret token) implements Filter {
  private record Shown(String login, String token) {}

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    Optional<Shown> shown = call.header("Authorization").flatMap(Door::read);
    if (shown.filter(one -> Tokens.same(one.token(), token.value())).isEmpty()) {
      call.answerWith("WWW-Authenticate", "Basic realm=\"Terrarium's Git server\"");
      throw new Fault.Unauthorized(
          "The token of the Git server is needed, as the password of any user name or as"
              + " Authorization: token …; `./terrarium git-token` prints it.");
    }
    call.put(Visitor.class, Visitor.named(shown.get().login()));
    return next.answer(call);
  }

  private static Optional<Shown> read(String header) {
    String[] parts = header.strip().split("\\s+", 2);
    if (parts.length != 2) {
      return Optional.empty();
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "token", "bearer" -> Optional.of(new Shown("", parts[1]));
      case "basic" -> basic(parts[1]);
      default -> Optional.empty();
    };
  }

  private static Optional<Shown> basic(String coded) {
    try {
      String pair = new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Shown(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
