package io.terrarium.atlas.request;

import io.terrarium.core.access.Principal;
import io.terrarium.core.token.Authentication;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;

/// Puts the [Principal] that the bearer token speaks for; without a good token the call goes on as
/// nobody's, so that the rate limit counts it before [#required] refuses it.
public final class Identification implements Filter {
  private final Authentication authentication;

  public Identification(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    BearerToken.of(call)
        .flatMap(authentication::principal)
        .ifPresent(principal -> call.put(Principal.class, principal));
    return next.answer(call);
  }

  /// Refuses calls of nobody.
  public static Filter required() {
    return (call, next) -> {
      if (call.find(Principal.class).isEmpty()) {
        throw new Fault.Unauthorized();
      }
      return next.answer(call);
    };
  }
}
