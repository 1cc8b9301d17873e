package io.terrarium.buildworker.sandbox;

/// How long a process may go on after its worker was last known to hold the claim, in seconds.
///
/// @param grace from an interrupt to the kill
public record Patience(int interruptAfter, int killAfter, int grace) {
  public static final Patience PLAN = new Patience(20, 30, 10);

  /// An apply gets longer, to bring its state to safety.
  public static final Patience APPLY = new Patience(20, 50, 30);
}
