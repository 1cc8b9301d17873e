package io.terrarium.kernel.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Wakes whoever watches a topic when there is something new about it.
public final class Topics {
  private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();

  /// Begins to watch; what comes from now on is not missed.
  public Watch watch(String topic) {
    Watch watch = new Watch(topic);
    watches.compute(
        topic,
        (_, others) -> {
          Set<Watch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  public void wake(String topic) {
    watches.getOrDefault(topic, Set.of()).forEach(watch -> watch.signal.give());
  }

  /// @param topics what is new, between blanks
  public void told(String topics) {
    for (String topic : topics.split(" ", -1)) {
      wake(topic);
    }
  }

  /// Where something may have been missed.
  public void wakeAll() {
    watches.keySet().forEach(this::wake);
  }

  private void forget(Watch watch) {
    watches.computeIfPresent(
        watch.topic,
        (_, others) -> {
          others.remove(watch);
          return others.isEmpty() ? null : others;
        });
  }

  /// One who watches. What comes while nobody waits is one.
  public final class Watch implements AutoCloseable {
    private final String topic;
    private final Signal signal = new Signal();

    private Watch(String topic) {
      this.topic = topic;
    }

    /// Whether something came within `longest`.
    public boolean await(Duration longest) throws InterruptedException {
      return signal.await(longest);
    }

    public boolean isClosed() {
      return signal.isClosed();
    }

    /// Whoever waits does so no longer.
    @Override
    public void close() {
      signal.close();
      forget(this);
    }
  }
}
