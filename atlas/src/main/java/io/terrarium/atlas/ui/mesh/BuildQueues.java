package io.terrarium.atlas.ui.mesh;

import io.terrarium.contracts.build.BrokerReport;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the queues of RabbitMQ stand. Atlas speaks no AMQP: build-manager does, and is asked.
public final class BuildQueues {
  private static final Logger log = LoggerFactory.getLogger(BuildQueues.class);
  private static final int UNAVAILABLE = 503;

  private final ServiceClient buildManager;

  public BuildQueues(ServiceClient buildManager) {
    this.buildManager = buildManager;
  }

  /// What is known of the broker now.
  public sealed interface Answer {
    default Optional<BrokerReport> report() {
      return Optional.empty();
    }

    /// As maps of the mesh colour it.
    default String status() {
      return switch (this) {
        case Told _ -> "UP";
        case BrokerAway _ -> "DOWN";
        case ManagerAway _ -> "UNKNOWN";
      };
    }
  }

  public record Told(BrokerReport told) implements Answer {
    @Override
    public Optional<BrokerReport> report() {
      return Optional.of(told);
    }
  }

  /// Build-manager answers that the broker does not.
  public record BrokerAway() implements Answer {}

  /// Build-manager does not answer, or not with a report.
  public record ManagerAway() implements Answer {}

  public Answer ask() {
    try {
      return buildManager
          .get(InternalApi.QUEUES, Map.of(), BrokerReport.class)
          .<Answer>map(Told::new)
          .orElseGet(ManagerAway::new);
    } catch (ServiceFault fault) {
      log.atDebug()
          .addKeyValue("reason", fault.summary())
          .log("build-manager does not tell how the queues stand");
      return fault.status() == UNAVAILABLE ? new BrokerAway() : new ManagerAway();
    }
  }
}
