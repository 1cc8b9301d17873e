package io.terrarium.operations.health;

/// How a subject is.
///
/// @param problem why it is not up, "" where it is
record Finding(Status status, String problem) {
  static final Finding UP = new Finding(Status.UP, "");

  /// Unknown where nobody is left who could tell.
  enum Status {
    UP,
    DOWN,
    UNKNOWN
  }

  static Finding down(String problem) {
    return new Finding(Status.DOWN, problem);
  }

  static Finding unknown(String problem) {
    return new Finding(Status.UNKNOWN, problem);
  }

  boolean isUp() {
    return status == Status.UP;
  }
}
