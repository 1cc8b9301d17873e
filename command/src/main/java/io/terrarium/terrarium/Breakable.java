package io.terrarium.terrarium;

/// A part of the mesh that can be taken away and brought back.
interface Breakable {
  /// As the map of the mesh names it.
  String name();

  /// In good order; returns when it is gone.
  void stop();

  /// Returns when it answers.
  void start();

  /// Of its own process, 0 without one.
  default long pid() {
    return 0;
  }

  /// False for what the pages need that would bring it back.
  default boolean mayBeAway() {
    return true;
  }
}
