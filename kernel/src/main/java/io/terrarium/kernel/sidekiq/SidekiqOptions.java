package io.terrarium.kernel.sidekiq;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a process works.
///
/// @param identity `hostname:pid:nonce`
/// @param slots how many jobs of each queue are done at once
/// @param heartbeat how often the process says that it lives
/// @param orphanAfter how old the beat of another process must be for its jobs to be taken back
/// @param poll how long a job may be overdue that another process has scheduled
/// @param grace how long closing waits for jobs before it interrupts them and puts them back
public record SidekiqOptions(
    String identity,
    Map<String, Integer> slots,
    Duration heartbeat,
    Duration orphanAfter,
    Duration poll,
    Duration grace,
    Clock clock) {
  private static final int NONCE_BYTES = 6;

  public SidekiqOptions {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    if (slots.isEmpty() || slots.values().stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("each queue needs at least one slot: " + slots);
    }
  }

  /// Sidekiq's own times.
  public static SidekiqOptions of(Map<String, Integer> slots, Clock clock) {
    return new SidekiqOptions(
        newIdentity(),
        slots,
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofSeconds(25),
        clock);
  }

  /// The sum of all slots, which Sidekiq calls concurrency.
  public int concurrency() {
    return slots.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String newIdentity() {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    return hostname() + ":" + ProcessHandle.current().pid() + ":" + HexFormat.of().formatHex(nonce);
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName().replace(':', '-');
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
