package io.terrarium.core.vcs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// A Git host does not answer just now. Hosts are restarted, and networks break for a moment: for
/// some minutes the job is tried again, and only then is the silence an answer.
public final class HostAway extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  public HostAway(String reason) {
    super(reason);
  }

  /// Whether what was wished for `since` then may still be tried again.
  public static boolean isExcused(Instant since, Clock clock) {
    return clock.instant().isBefore(since.plus(PATIENCE));
  }
}
