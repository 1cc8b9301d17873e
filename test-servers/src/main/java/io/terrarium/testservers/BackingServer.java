package io.terrarium.testservers;

import io.terrarium.kernel.runtime.Parts;

/// A server that a test uses, and may end if it is the tests' own.
///
/// @param <C> how its clients reach it
public interface BackingServer<C> extends AutoCloseable {
  /// What it is and where it comes from, for those who read the tests' output.
  String name();

  C config();

  /// Whether [#stop] may be asked for: not of a server that somebody has lent us.
  boolean isOurs();

  /// Ends it; if it is a process, as a crash would.
  void stop();

  /// Starts it again on what it kept, and waits until it answers.
  void start();

  @Override
  void close();

  /// One that is never restarted, and goes with `parts`.
  static <C> BackingServer<C> of(String name, C config, Parts parts) {
    return new LentServer<>(name, config, parts::close);
  }
}
