package io.terrarium.buildmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.build.CancelSignal;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.amqp.AmqpFault;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What sidekiq hands over. Answered only after the broker has confirmed, so a caller that was not
/// answered repeats; a command that thereby comes twice meets the first one's claim.
final class BuildsApi {
  private static final Logger log = LoggerFactory.getLogger(BuildsApi.class);

  private final Broker broker;
  private final HopReporter hops;
  private final Clock clock;

  BuildsApi(Broker broker, HopReporter hops, Clock clock) {
    this.broker = broker;
    this.hops = hops;
    this.clock = clock;
  }

  void mount(Api api) {
    api.post(InternalApi.BUILDS, this::build);
    api.post(InternalApi.CANCELS, this::cancel);
  }

  private Reply build(Call call) {
    Instant received = clock.instant();
    BuildCommand command = call.json(BuildCommand.class);
    requireVersion(command.v(), BuildCommand.VERSION);
    Flow flow = Flow.of(call::header, received);
    AmqpMessage message =
        message(command, "build_command", command.phaseId() + "/" + command.command())
            .with(flow.on(BuildManager.NAME, clock.instant()).headers());
    try {
      broker.publish(BuildTopology.EXCHANGE, BuildTopology.queue(command.priority()), message);
    } catch (AmqpFault fault) {
      throw new Fault.Unavailable("The broker did not take the build.", fault);
    }
    log.atInfo()
        .addKeyValue("phase_id", command.phaseId())
        .addKeyValue("queue", BuildTopology.queue(command.priority()))
        .log("build waits for a worker");
    hops.add(
        flow.hop(
                Step.PASSED_TO_BUILD_MANAGER,
                "pass the details of the " + command.phase().wire(),
                BuildManager.NAME,
                Medium.HTTP,
                received,
                clock.instant())
            .sending(new Shown.PostedCommand(command)));
    return Reply.of(202);
  }

  private Reply cancel(Call call) {
    CancelSignal signal = call.json(CancelSignal.class);
    requireVersion(signal.v(), CancelSignal.VERSION);
    Flow flow = Flow.of(call::header, clock.instant());
    try {
      broker.announce(
          BuildTopology.CANCEL_EXCHANGE,
          message(signal, "cancel_signal", signal.phaseId())
              .with(flow.on(BuildManager.NAME, clock.instant()).headers()));
    } catch (AmqpFault fault) {
      throw new Fault.Unavailable("The broker did not take the signal.", fault);
    }
    return Reply.of(202);
  }

  private static void requireVersion(int given, int known) {
    if (given != known) {
      throw new Fault.BadRequest(
          "Payload version " + given + " is not known here; this is version " + known + ".");
    }
  }

  private static AmqpMessage message(Object payload, String type, String id) {
    try {
      return AmqpMessage.json(Json.SNAKE.writeValueAsBytes(payload), type, id);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("payloads are always JSON", e);
    }
  }
}
