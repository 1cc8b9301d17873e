package io.terrarium.contracts.build;

import io.terrarium.kernel.amqp.AmqpTopology;
import java.util.List;

/// Exchanges and queues of builds. One queue per priority, since not every broker has priorities.
public final class BuildTopology {
  /// Direct exchange; the routing key is the queue's name.
  public static final String EXCHANGE = "terrarium.builds";

  public static final String APPLY_QUEUE = "terrarium.builds.apply";
  public static final String PLAN_QUEUE = "terrarium.builds.plan";
  public static final String SPECULATIVE_QUEUE = "terrarium.builds.speculative";

  /// Results, consumed by build-manager.
  public static final String EVENT_QUEUE = "terrarium.builds.events";

  /// Fanout exchange of [CancelSignal]; each worker binds a queue of its own that goes with it.
  public static final String CANCEL_EXCHANGE = "terrarium.builds.cancel";

  /// Messages that nobody can use, with the reason in a header, for a person to look at.
  public static final String DEAD_LETTER_QUEUE = "terrarium.dead-letters";

  private BuildTopology() {}

  /// All of it, as build-manager and the workers declare it.
  public static AmqpTopology declaration() {
    List<String> queues = List.of(APPLY_QUEUE, PLAN_QUEUE, SPECULATIVE_QUEUE, EVENT_QUEUE);
    return new AmqpTopology(
        List.of(
            new AmqpTopology.Exchange(EXCHANGE, AmqpTopology.Kind.DIRECT),
            new AmqpTopology.Exchange(CANCEL_EXCHANGE, AmqpTopology.Kind.FANOUT)),
        queues,
        queues.stream().map(queue -> new AmqpTopology.Binding(EXCHANGE, queue, queue)).toList(),
        DEAD_LETTER_QUEUE);
  }

  public static String queue(Priority priority) {
    return switch (priority) {
      case APPLY -> APPLY_QUEUE;
      case PLAN -> PLAN_QUEUE;
      case SPECULATIVE -> SPECULATIVE_QUEUE;
    };
  }
}
