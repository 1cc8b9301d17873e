package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Many browsers on the page of one run, each with a session of its own.
final class Audience implements AutoCloseable {
  /// Passwords cost processor time.
  private static final int SIGN_INS_AT_ONCE = 4;

  private final Watcher[] watchers;

  private Audience(int count) {
    watchers = new Watcher[count];
  }

  /// Returns when all of them are signed in and their pages are up to date.
  static Audience open(int count, Supplier<Browser> signIn, Clock clock, String path) {
    Audience audience = new Audience(count);
    Watcher[] watchers = audience.watchers;
    try {
      Crowd.act(
          Math.min(count, SIGN_INS_AT_ONCE),
          client -> {
            for (int i = client; i < count; i += SIGN_INS_AT_ONCE) {
              watchers[i] = Watcher.open(signIn.get(), clock, path);
            }
          });
      return audience;
    } catch (RuntimeException e) {
      audience.close();
      throw e;
    }
  }

  /// Until all have seen all of it.
  void watch() {
    Crowd.watch(watchers.length, number -> watchers[number].watch());
  }

  /// Fails unless each has seen each line once.
  Series lags(int lines) {
    Series all = new Series();
    for (Watcher watcher : watchers) {
      Series own = watcher.lags();
      if (own.size() != lines) {
        throw new MeshFault("a browser has seen %d of %d lines".formatted(own.size(), lines));
      }
      all.addAll(own);
    }
    return all;
  }

  Series fetches() {
    Series all = new Series();
    List.of(watchers).forEach(watcher -> all.addAll(watcher.fetches()));
    return all;
  }

  /// Milliseconds from that time until each showed the run as applied.
  Series sinceApplied(Instant applied) {
    Series all = new Series();
    for (Watcher watcher : watchers) {
      all.add(Duration.between(applied, watcher.appliedAt()).toNanos() / 1e6);
    }
    return all;
  }

  @Override
  public void close() {
    Arrays.stream(watchers).filter(Objects::nonNull).forEach(Watcher::close);
  }
}
