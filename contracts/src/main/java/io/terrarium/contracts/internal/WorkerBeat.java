package io.terrarium.contracts.internal;

/// What a build worker tells atlas every few seconds, and at once when a slot is taken or freed.
/// The dispatcher sends out no more builds than there are free slots.
///
/// @param worker its identity, unique per process
/// @param draining takes nothing new
/// @param sandbox how terraform is isolated there, such as `bubblewrap`, for the health page
public record WorkerBeat(
    int v, String worker, String node, int slots, int free, boolean draining, String sandbox) {
  public static final int VERSION = 1;
}
