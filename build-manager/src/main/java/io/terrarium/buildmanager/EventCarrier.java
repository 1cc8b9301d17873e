package io.terrarium.buildmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.ShownEvent;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.amqp.DeliveryHandler;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.json.RequiredFields;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries results to atlas's internal webhook. A result is acknowledged only after atlas has
/// answered, so one that dies with this process is redelivered; while atlas is away it is held and
/// tried again, for as long as it takes.
final class EventCarrier implements DeliveryHandler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventCarrier.class);
  private static final long PAUSE_MILLIS = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;
  private static final long CLOSE_SECONDS_MAX = 5;

  private final ServiceClient atlas;
  private final HopReporter hops;
  private final Clock clock;
  private final int deliveriesMax;
  private final Semaphore free;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param deliveriesMax how many are handled at once
  EventCarrier(ServiceClient atlas, HopReporter hops, Clock clock, int deliveriesMax) {
    this.atlas = atlas;
    this.hops = hops;
    this.clock = clock;
    this.deliveriesMax = deliveriesMax;
    this.free = new Semaphore(deliveriesMax);
  }

  @Override
  public void handle(Delivery delivery) {
    free.acquireUninterruptibly();
    try {
      carry(delivery);
    } finally {
      free.release();
    }
  }

  private void carry(Delivery delivery) {
    Instant received = clock.instant();
    JsonNode event;
    try {
      event = Json.SNAKE.readTree(delivery.message().body());
    } catch (IOException e) {
      delivery.park("not JSON");
      return;
    }
    Optional<String> fault = fault(event);
    if (fault.isPresent()) {
      delivery.park(fault.get());
      return;
    }
    Map<String, String> headers = delivery.message().headers();
    Flow flow = Flow.of(name -> Optional.ofNullable(headers.get(name)), received);
    if (deliver(event, flow, delivery)) {
      Hop hop =
          flow.hop(
              Step.OUTCOME_TO_BUILD_MANAGER,
              "pass the outcome back",
              BuildManager.NAME,
              Medium.RABBITMQ,
              received,
              received);
      hops.add(shown(event).map(hop::sending).orElse(hop));
    }
  }

  /// What of an event may be shown; nothing of one that atlas alone knows how to read.
  private static Optional<Shown> shown(JsonNode event) {
    try {
      BuildEvent known = Json.SNAKE.treeToValue(event, BuildEvent.class);
      return RequiredFields.missing(event, known).isEmpty()
          ? Optional.of(ShownEvent.published(known))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// Why nobody can use this event; what is in it beyond that, atlas judges.
  private static Optional<String> fault(JsonNode event) {
    if (event.isMissingNode()) {
      return Optional.of("empty body");
    }
    if (!event.isObject()) {
      return Optional.of("not a JSON object");
    }
    JsonNode version = event.path("v");
    if (!version.isInt()) {
      return Optional.of("no payload version");
    }
    // This version and the one before it.
    int v = version.intValue();
    return v >= 1 && (v == BuildEvent.VERSION || v == BuildEvent.VERSION - 1)
        ? Optional.empty()
        : Optional.of("unknown payload version " + v);
  }

  /// Until atlas has answered, or this process closes and leaves the message to the next one.
  private boolean deliver(JsonNode event, Flow flow, Delivery delivery) {
    for (int attempt = 0; isOpen(); attempt++) {
      try {
        atlas.post(InternalApi.BUILD_EVENTS, event, headers(flow));
        delivery.ack();
        log.atInfo()
            .addKeyValue("phase_id", event.path("phase_id").asText())
            .log("result taken by atlas");
        return true;
      } catch (ServiceFault fault) {
        if (!isHeld(fault)) {
          settle(fault, event, delivery);
          return false;
        }
        if (attempt == 0) {
          log.atWarn()
              .addKeyValue("flow", flow.id())
              .addKeyValue("status", fault.status())
              .log("atlas does not take a result yet, it is held");
        }
        pause(attempt);
      }
    }
    delivery.requeue();
    return false;
  }

  /// A refused token is one that is being changed: the event is good, and will be taken later.
  private static boolean isHeld(ServiceFault fault) {
    return fault.isPassing() || fault.status() == 401 || fault.status() == 403;
  }

  private Map<String, String> headers(Flow flow) {
    Map<String, String> headers =
        new LinkedHashMap<>(flow.on(BuildManager.NAME, clock.instant()).headers());
    headers.put("Content-Type", "application/json");
    return headers;
  }

  private static void settle(ServiceFault fault, JsonNode event, Delivery delivery) {
    if (fault.status() == 409) {
      log.atInfo()
          .addKeyValue("phase_id", event.path("phase_id").asText())
          .addKeyValue("attempt", event.path("attempt").asInt())
          .log("stale result dropped");
      delivery.ack();
    } else {
      String detail = fault.detail();
      delivery.park("atlas answered " + fault.status() + (detail.isEmpty() ? "" : ": " + detail));
    }
  }

  private void pause(int attempt) {
    try {
      long millis = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << Math.min(attempt, 5));
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        log.atInfo().log("closing, held results are redelivered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  /// Lets what is being asked of atlas come to its end, and gives back what is only held.
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!free.tryAcquire(deliveriesMax, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        log.atWarn().log("closing without atlas's answers, their results are redelivered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
