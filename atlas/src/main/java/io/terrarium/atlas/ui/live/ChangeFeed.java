package io.terrarium.atlas.ui.live;

import io.terrarium.kernel.http.EventFeed;
import io.terrarium.kernel.runtime.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Says that something has changed, and never what: whoever hears it asks for the piece of the page
/// again, and is allowed to or not as always. The first word comes at once, since something may
/// have changed while the page travelled.
public final class ChangeFeed implements EventFeed {
  private static final String CHANGED = EventFeed.event("changed", "");

  /// Then the browser asks anew, and who may not watch any more is told so.
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final Topics.Watch watch;
  private final InstantSource clock;
  private final Instant end;
  private final String silence;
  private boolean hasBegun;

  public ChangeFeed(Topics.Watch watch, InstantSource clock) {
    this(watch, clock, "");
  }

  /// One that says so now and then of itself too, for what nobody tells of.
  public static ChangeFeed ticking(Topics.Watch watch, InstantSource clock) {
    return new ChangeFeed(watch, clock, CHANGED);
  }

  private ChangeFeed(Topics.Watch watch, InstantSource clock, String silence) {
    this.watch = watch;
    this.clock = clock;
    this.silence = silence;
    end = clock.instant().plus(LIFE);
  }

  @Override
  public Optional<String> next(Duration longest) throws InterruptedException {
    if (!hasBegun) {
      hasBegun = true;
      return Optional.of(CHANGED);
    }
    if (clock.instant().isAfter(end)) {
      return Optional.empty();
    }
    boolean isChanged = watch.await(longest);
    if (watch.isClosed()) {
      return Optional.empty();
    }
    return Optional.of(isChanged ? CHANGED : silence);
  }

  @Override
  public void close() {
    watch.close();
  }
}
