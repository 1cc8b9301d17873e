package io.terrarium.core.retention;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a data retention policy says.
///
/// @param commonDays the age that was asked for all kinds together; each kind's own is in its limit
/// @param runs what runs leave behind: the files of their plans and applies, and their logs
public record RetentionTerms(
    @Nullable Integer commonDays, Limit states, Limit configurations, Limit runs) {
  /// Nothing is ever deleted.
  public static final RetentionTerms KEEP_ALL =
      new RetentionTerms(null, Limit.NONE, Limit.NONE, Limit.NONE);

  /// What is kept of one kind: all of it where neither is given.
  ///
  /// @param days older ones are deleted; null: however old they are
  /// @param latest so many of each workspace stay in any case; null: none for being new
  public record Limit(@Nullable Integer days, @Nullable Integer latest) {
    public static final Limit NONE = new Limit(null, null);

    public boolean deletes() {
      return days != null || latest != null;
    }
  }

  /// Whether they let anything be deleted.
  public boolean deletes() {
    return states.deletes() || configurations.deletes() || runs.deletes();
  }

  /// The age for clients that know of one alone: the common one, or the least of the kinds.
  public @Nullable Integer olderThanDays() {
    return commonDays != null
        ? commonDays
        : Stream.of(states, configurations, runs)
            .map(Limit::days)
            .filter(Objects::nonNull)
            .min(Integer::compare)
            .orElse(null);
  }
}
