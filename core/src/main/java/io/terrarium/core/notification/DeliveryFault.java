package io.terrarium.core.notification;

import io.terrarium.contracts.id.NotificationConfigurationId;

/// A receiver did not take a notification. The message is kept in Redis with the failed job, so it
/// names neither the address nor the answer.
public final class DeliveryFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeliveryFault(NotificationConfigurationId id, String code) {
    super(
        "the receiver of " + id + (code.isEmpty() ? " did not answer" : " answered with " + code));
  }
}
