package io.terrarium.contracts.build;

import io.terrarium.contracts.id.RunId;

/// Asks any build worker to do a phase of a run. It carries no secret: the worker claims the phase
/// at atlas and learns the rest there, so that a message that comes twice or late does no harm.
///
/// @param v version of this payload; readers accept this one and the one before
/// @param phaseId the id of the plan or apply
/// @param command counts how often the phase was sent out
public record BuildCommand(
    int v,
    RunId runId,
    Phase phase,
    String phaseId,
    Priority priority,
    int command,
    Limits limits) {
  public static final int VERSION = 1;

  /// What the sandbox may use. CPUs 0 means no limit.
  public record Limits(int memoryMegabytes, int cpus, int timeoutSeconds) {}
}
