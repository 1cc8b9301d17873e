package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The jobs that this process has in hand, and how many it has done.
final class WorkInProgress {
  private final Map<String, Piece> pieces = new ConcurrentHashMap<>();
  private final AtomicLong names = new AtomicLong();
  final LongAdder processed = new LongAdder();
  final LongAdder failed = new LongAdder();

  /// A job in hand.
  record Piece(String name, String queue, String payload, Instant since, Thread thread) {
    /// As Sidekiq lists it: the payload is text, the time whole seconds.
    String json() {
      ObjectNode json = SidekiqCodec.MAPPER.createObjectNode();
      json.put("queue", queue).put("payload", payload).put("run_at", since.getEpochSecond());
      return SidekiqCodec.text(json);
    }
  }

  /// Notes that `thread` is to do `payload`.
  Piece begin(String queue, String payload, Instant now, Thread thread) {
    String name = Long.toString(names.incrementAndGet(), Character.MAX_RADIX);
    Piece piece = new Piece(name, queue, payload, now, thread);
    pieces.put(name, piece);
    return piece;
  }

  synchronized void end(Piece piece) {
    pieces.remove(piece.name());
    notifyAll();
  }

  List<Piece> pieces() {
    return List.copyOf(pieces.values());
  }

  int size() {
    return pieces.size();
  }

  /// Those of `payloads` that nobody has in hand; equal payloads are counted.
  List<String> strangers(String queue, List<String> payloads) {
    Map<String, Integer> known = new HashMap<>();
    for (Piece piece : pieces()) {
      if (piece.queue().equals(queue)) {
        known.merge(piece.payload(), 1, Integer::sum);
      }
    }
    List<String> strangers = new ArrayList<>();
    for (String payload : payloads) {
      @Nullable Integer left =
          known.computeIfPresent(payload, (_, count) -> count == 0 ? null : count - 1);
      if (left == null) {
        strangers.add(payload);
      }
    }
    return strangers;
  }

  /// Waits until nothing is in hand, at most `longest`.
  synchronized void awaitNone(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!pieces.isEmpty()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }

  void interruptAll() {
    pieces().forEach(piece -> piece.thread().interrupt());
  }
}
