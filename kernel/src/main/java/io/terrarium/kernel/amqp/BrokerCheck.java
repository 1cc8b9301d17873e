package io.terrarium.kernel.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.terrarium.kernel.net.HostPort;
import io.terrarium.kernel.net.Unanswered;
import io.terrarium.kernel.tls.Trust;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/// Whether the broker of the settings can be used, and if not, which setting is to be mended.
public final class BrokerCheck {
  private static final int CLOSE_MILLIS_MAX = 2_000;

  private static final Unanswered UNANSWERED =
      new Unanswered("TERRARIUM_RABBITMQ_HOST", "RabbitMQ", "TERRARIUM_RABBITMQ_TLS");

  private BrokerCheck() {}

  /// What is wrong, with the variable first; empty when all is well.
  public static Optional<String> problem(AmqpConfig config) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Connection connection =
          ConnectionKeeper.factory(config, threads).newConnection(threads, "startup-check");
      connection.abort(CLOSE_MILLIS_MAX);
      return Optional.empty();
    } catch (PossibleAuthenticationFailureException e) {
      return Optional.of(
          "TERRARIUM_RABBITMQ_PASSWORD or TERRARIUM_RABBITMQ_USER is refused by RabbitMQ: "
              + e.getMessage());
    } catch (IOException | TimeoutException e) {
      return Optional.of(told(config, e));
    } finally {
      threads.shutdown();
    }
  }

  private static String told(AmqpConfig config, Exception e) {
    String reason =
        Trust.plain(e.getMessage() == null ? String.valueOf(e.getCause()) : e.getMessage());
    // A virtual host that is not there, or not for this user, ends the connection once it is open.
    if (e.getCause() instanceof ShutdownSignalException) {
      return "TERRARIUM_RABBITMQ_VHOST " + config.vhost() + " cannot be opened: " + reason;
    }
    return UNANSWERED.told(new HostPort(config.host(), config.port()), config.tls(), reason);
  }
}
