package io.terrarium.buildworker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.kernel.amqp.AmqpFault;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.json.Json;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes outcomes back by RabbitMQ, for as long as it takes the broker to confirm.
final class Outcomes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Outcomes.class);
  private static final long PAUSE_MILLIS = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final Broker broker;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  Outcomes(Broker broker, Clock clock) {
    this.broker = broker;
    this.clock = clock;
  }

  /// @return whether the broker has it; otherwise this worker closes
  boolean publish(BuildEvent event, Flow flow) throws InterruptedException {
    String id = event.phaseId() + "/" + event.attempt();
    for (int attempt = 0; ; attempt++) {
      AmqpMessage message =
          AmqpMessage.json(body(event), "build_event", id)
              .correlatedTo(event.phaseId())
              .with(flow.on(BuildWorker.NAME, clock.instant()).headers());
      try {
        broker.publish(BuildTopology.EXCHANGE, BuildTopology.EVENT_QUEUE, message);
        return true;
      } catch (AmqpFault fault) {
        log.atWarn()
            .addKeyValue("phase_id", event.phaseId())
            .addKeyValue("reason", fault.getMessage())
            .log("outcome was not taken by the broker, holding on");
      }
      long millis = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << Math.min(attempt, 5));
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
  }

  private static byte[] body(BuildEvent event) {
    try {
      return Json.SNAKE.writerFor(BuildEvent.class).writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("events are always JSON", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
