package io.terrarium.kernel.http;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import java.util.Optional;

/// The `Authorization: Bearer` header.
public final class BearerToken {
  private static final String SCHEME = "bearer ";

  private BearerToken() {}

  public static Optional<String> of(Call call) {
    return call.header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).trim());
  }

  /// Lets only callers through that carry `expected`; compared in constant time.
  public static Filter required(Secret expected) {
    return (call, next) -> {
      if (of(call).filter(token -> Tokens.same(token, expected.value())).isEmpty()) {
        throw new Fault.Unauthorized();
      }
      return next.answer(call);
    };
  }
}
