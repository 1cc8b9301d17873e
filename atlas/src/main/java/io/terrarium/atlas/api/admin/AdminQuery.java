package io.terrarium.atlas.api.admin;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Reads what narrows the lists of the administration.
final class AdminQuery {
  private AdminQuery() {}

  static Optional<String> text(Call call, String name) {
    return call.query(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  static Optional<Boolean> flag(Call call, String name) {
    return text(call, name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new Fault.BadRequest(name + " must be true or false.");
            });
  }

  static Optional<Instant> time(Call call, String name) {
    return text(call, name)
        .map(text -> {
          try {
            return OffsetDateTime.parse(text).toInstant();
          } catch (DateTimeException e) {
            throw new Fault.BadRequest(
                name + " must be a time of RFC 3339 such as 2026-01-31T12:00:00Z.");
          }
        });
  }
}
