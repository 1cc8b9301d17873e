package io.terrarium.kernel.redis;

import java.time.Duration;
import java.util.Optional;

/// A connection for one thread's blocking commands.
public final class DedicatedRedis implements AutoCloseable {
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Connection connection;
  private final long id;

  DedicatedRedis(Connection connection) {
    this.connection = connection;
    this.id = connection.call(Command.of("CLIENT", "ID")).number();
  }

  /// By which another connection can end a wait with `CLIENT UNBLOCK`.
  public long id() {
    return id;
  }

  /// Moves the oldest element of `from` (its right end) to the left end of `to`, waiting for one at
  /// most `longest`.
  public Optional<String> moveOldest(String from, String to, Duration longest) {
    Command move =
        Command.of("BLMOVE", from, to, "RIGHT", "LEFT")
            .and(Double.toString(longest.toMillis() / 1_000.0));
    return connection.call(move, longest.plus(MARGIN)).find();
  }

  @Override
  public void close() {
    connection.close();
  }
}
