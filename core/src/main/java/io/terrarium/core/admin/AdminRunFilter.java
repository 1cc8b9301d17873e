package io.terrarium.core.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which runs are asked for; what is empty narrows nothing.
///
/// @param text the run's id, or a part of the name of its workspace or organization, or of the
///   organization's address
/// @param since when they were created, at the earliest
/// @param until when they were created, at the latest
public record AdminRunFilter(
    Optional<String> text,
    List<String> statuses,
    Optional<Instant> since,
    Optional<Instant> until) {
  public AdminRunFilter {
    statuses = List.copyOf(statuses);
  }

  /// Counters know how many runs are in which status, and nothing else.
  boolean isCounted() {
    return text.isEmpty() && since.isEmpty() && until.isEmpty();
  }
}
