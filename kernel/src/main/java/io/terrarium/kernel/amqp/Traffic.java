package io.terrarium.kernel.amqp;

import java.util.Locale;

/// What can happen to a message, as it is counted.
enum Traffic {
  PUBLISHED,
  /// The broker may have it or not; who published tries again or says so.
  UNCONFIRMED,
  DELIVERED,
  /// As the broker says of a delivery, which is counted as such too.
  REDELIVERED,
  ACKNOWLEDGED,
  /// Given back to its queue.
  REJECTED,
  /// Put among the dead letters, and acknowledged.
  PARKED;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
