package io.terrarium.kernel.sidekiq;

/// Redis keys; all but the private lists are Sidekiq's own.
final class SidekiqKeys {
  static final String QUEUES = "queues";
  static final String SCHEDULE = "schedule";
  static final String RETRY = "retry";
  static final String DEAD = "dead";
  static final String PROCESSES = "processes";
  static final String PROCESSED = "stat:processed";
  static final String FAILED = "stat:failed";

  /// The set of all private lists, so that those of the dead are found without a scan.
  static final String PRIVATE_LISTS = "terrarium:inflight";

  private SidekiqKeys() {}

  static String queue(String name) {
    return "queue:" + name;
  }

  /// What a process has taken from a queue and not finished.
  static String privateList(String identity, String queue) {
    return PRIVATE_LISTS + ":" + identity + ":" + queue;
  }

  /// Sidekiq 6 names it so, 7 [#work].
  static String workers(String identity) {
    return identity + ":workers";
  }

  static String work(String identity) {
    return identity + ":work";
  }

  static String signals(String identity) {
    return identity + "-signals";
  }
}
