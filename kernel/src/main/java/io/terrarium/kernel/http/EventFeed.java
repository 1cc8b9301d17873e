package io.terrarium.kernel.http;

import java.time.Duration;
import java.util.Optional;

/// Server-sent events that are told as they come, for as long as their reader stays.
public interface EventFeed extends AutoCloseable {
  /// What is told next, as it goes over the wire; "" when nothing came within `longest`, empty when
  /// there is no more to come.
  Optional<String> next(Duration longest) throws InterruptedException;

  /// The reader has gone, or has had everything. Called by another thread than waits, and maybe
  /// more than once.
  @Override
  void close();

  /// One event; `data` is one line.
  static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
