package io.terrarium.core.notification;

import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/// Everything about notifications but [RunNotices], wired.
///
/// @param configurations as people make and see them
/// @param deliveries what sidekiq does
/// @param outside closed with the module
public record NotificationModule(
    NotificationConfigurations configurations, Deliveries deliveries, OutboundClient outside)
    implements AutoCloseable {
  /// A receiver that needs longer is to answer first and work later.
  private static final Duration TIME_MAX = Duration.ofSeconds(10);

  private static final int BODY_BYTES_MAX = 4_096;

  /// What notifications are made of.
  ///
  /// @param outboundProxy the way out
  /// @param site where people see runs
  public record Parts(
      Database database,
      Access access,
      ValueCipher cipher,
      Outbox outbox,
      Clock clock,
      Ids ids,
      URI outboundProxy,
      URI site) {}

  public static NotificationModule of(Parts parts) {
    OutboundClient outside = new OutboundClient(parts.outboundProxy(), TIME_MAX, BODY_BYTES_MAX);
    Tokens tokens = new Tokens(parts.cipher());
    Courier courier = new Courier(outside, new Payload(parts.site()), parts.clock());
    return new NotificationModule(
        new NotificationConfigurations(
            parts.database(),
            parts.access(),
            new NotificationConfigurations.Post(tokens, courier),
            parts.clock(),
            parts.ids()),
        new Deliveries(parts.database(), parts.outbox(), tokens, courier),
        outside);
  }

  @Override
  public void close() {
    outside.close();
  }
}
