package io.terrarium.buildworker;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the worker asks of atlas and tells it.
final class Atlas {
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private final ServiceClient router;
  private final String worker;
  private final Clock clock;

  Atlas(ServiceClient router, String worker, Clock clock) {
    this.router = router;
    this.worker = worker;
    this.clock = clock;
  }

  /// The answer to a claim.
  sealed interface Answer {}

  record Ours(Claims.Granted granted) implements Answer {}

  /// Another worker has it, until then at least.
  record Theirs(Instant until) implements Answer {}

  record Over() implements Answer {}

  /// Asks for the phase of a command.
  ///
  /// @param delivery the same for as long as this goes on asking, and never again
  /// @throws ServiceFault when atlas gave no such answer
  Answer claim(BuildCommand command, String delivery, Flow flow) {
    try {
      return new Ours(
          router.post(
              InternalApi.at(InternalApi.CLAIM, command.phaseId()),
              new Claims.Request(1, worker, command.command(), delivery),
              headers(flow),
              Claims.Granted.class));
    } catch (ServiceFault fault) {
      return switch (fault.status()) {
        case 404, 410 -> new Over();
        case 409 -> held(fault);
        default -> throw fault;
      };
    }
  }

  /// A conflict that does not say until when is asked about again after a while.
  private Answer held(ServiceFault fault) {
    return new Theirs(until(fault.body()).orElseGet(() -> clock.instant().plus(ASK_AGAIN)));
  }

  private static Optional<Instant> until(byte[] body) {
    try {
      return Optional.ofNullable(Json.SNAKE.readValue(body, Claims.Held.class))
          .map(Claims.Held::until);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Claims.Wish beat(String phaseId, int attempt, Flow flow) {
    return router
        .post(
            InternalApi.at(InternalApi.BEAT, phaseId),
            new Claims.Beat(1, worker, attempt),
            headers(flow),
            Claims.Renewed.class)
        .wish();
  }

  /// What atlas wants of the worker.
  WorkerOrders.Intake tell(WorkerBeat beat) {
    return router
        .post(
            InternalApi.WORKERS,
            beat,
            Map.of("Content-Type", "application/json"),
            WorkerOrders.class)
        .intake();
  }

  private Map<String, String> headers(Flow flow) {
    Map<String, String> headers =
        new LinkedHashMap<>(flow.on(BuildWorker.NAME, clock.instant()).headers());
    headers.put("Content-Type", "application/json");
    return headers;
  }
}
