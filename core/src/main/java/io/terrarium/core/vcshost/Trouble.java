package io.terrarium.core.vcshost;

import java.time.Duration;
import java.util.Optional;

/// Why a Git host has not done what it was asked for. The reasons are for people; nothing of them
/// is secret.
public sealed interface Trouble {
  String reason();

  /// The token is unknown, has expired, or is allowed too little (401 or 403).
  record Refused(String reason) implements Trouble {}

  /// No such repository, commit or pull request, or the token may not see it.
  record NotFound(String reason) implements Trouble {}

  /// The host is away, broken or busy; the same may well succeed later.
  ///
  /// @param pause how long at least, where the host says so
  record Passing(String reason, Optional<Duration> pause) implements Trouble {}

  /// The outbound proxy lets nobody call this address.
  record Blocked(String reason) implements Trouble {}

  /// The host understands, but does not take it, or answers what makes no sense; the same would end
  /// the same way.
  record Rejected(String reason) implements Trouble {}

  /// This kind of host has nothing of the sort.
  record Unsupported(String reason) implements Trouble {}
}
