package io.terrarium.kernel.amqp;

/// Whom consumers turn to with what they have in hand: takes dead letters, and counts.
interface Postmaster {
  /// Puts a message among the dead letters.
  ///
  /// @throws AmqpFault when that was not confirmed
  void park(Delivery delivery, String reason);

  /// @param queue a name of the topology, never one that the broker has drawn
  void count(String queue, Traffic what);
}
