package io.terrarium.contracts.node;

import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import java.time.Duration;
import java.util.Optional;

/// Which nodes are drained, where every service of every node sees it: in Redis.
///
/// A mark names the start of the node that it was made in. Operations of that node sets it, repeats
/// it with each of its beats, so that a Redis that has lost its memory gets it back, and takes it
/// away when the node has been started anew. All others only look whether there is one.
public final class DrainMarks {
  private static final String PREFIX = "terrarium:drained:";

  /// So that a node that never comes back leaves nothing for ever.
  private static final Duration LIFE = Duration.ofDays(7);

  private final Redis redis;

  public DrainMarks(Redis redis) {
    this.redis = redis;
  }

  /// Whether services of `node` may take nothing new.
  public boolean isSet(String node) {
    return boot(node).isPresent();
  }

  /// The start of the node that its mark was made in.
  public Optional<String> boot(String node) {
    return redis.call(Command.of("GET", PREFIX + node)).find();
  }

  public void set(String node, String boot) {
    redis.call(Command.of("SET", PREFIX + node, boot, "EX").and(LIFE.toSeconds()));
  }

  public void clear(String node) {
    redis.call(Command.of("DEL", PREFIX + node));
  }
}
