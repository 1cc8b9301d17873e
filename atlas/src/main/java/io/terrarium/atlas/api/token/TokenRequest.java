package io.terrarium.atlas.api.token;

import io.terrarium.core.token.NewToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// A wish for a new token; clients may send no body at all.
final class TokenRequest {
  private TokenRequest() {}

  static NewToken of(Call call) {
    Incoming incoming = Incoming.ofOptional(call, TokenResource.TYPE);
    NewToken token =
        new NewToken(
            incoming.text("description").given().orElse(null), instant(incoming, "expired-at"));
    incoming.check();
    return token;
  }

  private static @Nullable Instant instant(Incoming incoming, String attribute) {
    String text = incoming.text(attribute).given().orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      incoming.problem(attribute, "must be a time such as 2026-01-31T12:00:00.000Z");
      return null;
    }
  }
}
