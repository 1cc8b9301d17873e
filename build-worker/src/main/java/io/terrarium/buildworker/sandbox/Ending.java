package io.terrarium.buildworker.sandbox;

/// Why a build is to end before its time; the first reason stays, only a kill follows a cancel.
public enum Ending {
  /// Nobody wants it to.
  NONE,
  /// A person canceled it.
  CANCELED,
  /// Another worker may have the phase now: no word more about it.
  LOST,
  /// It ran too long.
  TIMED_OUT,
  /// It used too much memory.
  OUT_OF_MEMORY,
  /// The worker stops.
  STOPPED
}
