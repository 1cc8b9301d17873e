package io.terrarium.core.token;

import io.terrarium.kernel.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the maker of a token says about it.
public record NewToken(@Nullable String description, @Nullable Instant expiredAt) {
  private static final int DESCRIPTION_LENGTH_MAX = 255;

  /// @param longest what its organization allows, if it says so
  void check(Instant now, Optional<Duration> longest) {
    if (description != null && description.length() > DESCRIPTION_LENGTH_MAX) {
      throw new Fault.Invalid("description", "Description is longer than 255 characters");
    }
    if (expiredAt != null && !expiredAt.isAfter(now)) {
      throw new Fault.Invalid("expired-at", "Expired at must be in the future");
    }
    longest
        .map(now::plus)
        .ifPresent(last -> {
          if (expiredAt == null || expiredAt.isAfter(last)) {
            throw new Fault.Invalid(
                "expired-at",
                "Expired at must be given, and be no later than "
                    + last
                    + ": the organization limits how long such tokens live");
          }
        });
  }
}
