package io.terrarium.contracts.job;

/// Sidekiq queues, and how many jobs of each a worker does at once.
public enum JobQueue {
  /// What a run waits for.
  CRITICAL("critical", 16),
  /// The rest.
  DEFAULT("default", 8),
  /// What waits for other people's servers, so that nothing of ours waits for them.
  NOTIFICATIONS("notifications", 8),
  /// What waits for Git hosts, whose repositories may be large.
  VCS("vcs", 8);

  private final String wire;
  private final int slots;

  JobQueue(String wire, int slots) {
    this.wire = wire;
    this.slots = slots;
  }

  public String wire() {
    return wire;
  }

  public int slots() {
    return slots;
  }
}
