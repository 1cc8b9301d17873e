package io.terrarium.buildworker;

import io.terrarium.buildworker.engine.Engine;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.CancelSignal;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Takes build commands: claims the phase, does it, passes the outcome back, and only then
/// acknowledges. A command that comes twice meets the claim, or the end, of its first coming.
final class Commands implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);
  private static final long PAUSE_MILLIS = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;
  private static final long HELD_MILLIS_MIN = 1_000;

  private final String worker;
  private final Slots slots;
  private final Atlas atlas;
  private final Engine engine;
  private final Outcomes outcomes;
  private final HopReporter hops;
  private final Clock clock;
  private final Ids ids;
  private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
  private final Set<Lease> settling = ConcurrentHashMap.newKeySet();
  private final CountDownLatch draining = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What a build passes through.
  record Way(Atlas atlas, Engine engine, Outcomes outcomes, HopReporter hops) {}

  Commands(String worker, Slots slots, Way way, Platform platform) {
    this.worker = worker;
    this.slots = slots;
    this.atlas = way.atlas();
    this.engine = way.engine();
    this.outcomes = way.outcomes();
    this.hops = way.hops();
    this.clock = platform.clock();
    this.ids = platform.ids();
  }

  /// Wakes the lease of a phase that somebody canceled.
  void canceled(Delivery delivery) throws IOException {
    CancelSignal signal = Json.SNAKE.readValue(delivery.message().body(), CancelSignal.class);
    delivery.ack();
    leases.stream().filter(lease -> lease.phaseId().equals(signal.phaseId())).forEach(Lease::wake);
  }

  /// Does what a command asks for, if there is a slot for it.
  void take(Delivery delivery) throws InterruptedException {
    Instant received = clock.instant();
    BuildCommand command;
    try {
      command = Json.SNAKE.readValue(delivery.message().body(), BuildCommand.class);
    } catch (IOException e) {
      delivery.park("not a build command: " + e.getMessage());
      return;
    }
    if (command.v() != BuildCommand.VERSION) {
      delivery.park("build command of unknown version " + command.v());
      return;
    }
    if (isDraining() || !slots.tryTake()) {
      delivery.requeue();
      return;
    }
    Map<String, String> headers = delivery.message().headers();
    Flow flow = Flow.of(name -> Optional.ofNullable(headers.get(name)), received);
    hops.add(
        flow.hop(
                Step.BUILD_ENQUEUED,
                "enqueue the " + command.phase().wire(),
                BuildWorker.NAME,
                Medium.RABBITMQ,
                received,
                clock.instant())
            .sending(new Shown.PublishedCommand(command)));
    Flow ours =
        new Flow(
            command.runId().value(),
            command.phase().wire(),
            BuildWorker.NAME,
            received,
            flow.traceparent());
    if (claimAndDo(command, ours)) {
      delivery.ack();
    } else if (isOpen()) {
      // Not begun, since this worker drains: for another one, now.
      delivery.requeue();
    }
  }

  /// Holds a slot when it begins, and gives it back.
  ///
  /// @return whether the command is done with
  private boolean claimAndDo(BuildCommand command, Flow flow) throws InterruptedException {
    // An answer that is lost may have been a grant. Asking with the same name, we get it again.
    String delivery = ids.next("dlv-");
    boolean hasSlot = true;
    try {
      for (int failures = 0; mayClaim(failures); ) {
        try {
          switch (atlas.claim(command, delivery, flow)) {
            case Atlas.Over() -> {
              return true;
            }
            case Atlas.Ours(Claims.Granted granted) -> {
              return carryOut(granted, command.limits().memoryMegabytes(), flow);
            }
            case Atlas.Theirs(Instant until) -> {
              slots.give();
              hasSlot = false;
              awaitEndOf(until);
              hasSlot = slots.take();
            }
          }
          failures = 0;
        } catch (ServiceFault fault) {
          log.atWarn()
              .addKeyValue("phase_id", command.phaseId())
              .addKeyValue("reason", fault.getMessage())
              .log("phase could not be claimed, trying again");
          long millis = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << Math.min(failures, 5));
          failures++;
          closed.await(millis, TimeUnit.MILLISECONDS);
        }
      }
      return false;
    } finally {
      if (hasSlot) {
        slots.give();
      }
    }
  }

  /// Who drains claims nothing new, but asks on after an answer that was lost: it may have been a
  /// grant, and what is held is to be finished.
  private boolean mayClaim(int failures) {
    return isOpen() && (failures > 0 || !isDraining());
  }

  private void awaitEndOf(Instant claim) throws InterruptedException {
    long millis = Duration.between(clock.instant(), claim).toMillis();
    draining.await(Math.max(HELD_MILLIS_MIN, millis), TimeUnit.MILLISECONDS);
  }

  private boolean carryOut(Claims.Granted granted, int memoryMegabytes, Flow flow)
      throws InterruptedException {
    String phaseId = granted.build().phaseId();
    log.atInfo()
        .addKeyValue("phase_id", phaseId)
        .addKeyValue("attempt", granted.attempt())
        .log("build begins");
    Reins reins = new Reins();
    Lease lease = new Lease(atlas, granted, flow, reins);
    leases.add(lease);
    try {
      Optional<BuildEvent> event = engine.run(granted, memoryMegabytes, worker, flow, reins);
      tellOfEnd(phaseId, event);
      if (event.isEmpty()) {
        return reins.ending() == Ending.LOST;
      }
      boolean isOnItsWay = outcomes.publish(event.get(), flow);
      if (isOnItsWay) {
        keep(lease);
      }
      return isOnItsWay;
    } finally {
      leases.remove(lease);
      if (!settling.contains(lease)) {
        lease.close();
      }
    }
  }

  private void keep(Lease lease) {
    settling.removeIf(Lease::isOver);
    lease.settle();
    settling.add(lease);
    if (!isOpen()) {
      // Closed in between, which may have been too early to see this one.
      lease.close();
    }
  }

  /// The reason is a line of ours; what terraform itself said is in the run's log alone.
  private static void tellOfEnd(String phaseId, Optional<BuildEvent> event) {
    LoggingEventBuilder line = log.atInfo().addKeyValue("phase_id", phaseId);
    LoggingEventBuilder told =
        switch (event.orElse(null)) {
          case BuildEvent.PlanFinished _, BuildEvent.ApplyFinished _ ->
              line.addKeyValue("outcome", "finished");
          case BuildEvent.BuildErrored errored ->
              line.addKeyValue("outcome", "errored").addKeyValue("reason", errored.message());
          case BuildEvent.BuildCanceled _ -> line.addKeyValue("outcome", "canceled");
          case null -> line.addKeyValue("outcome", "left to another worker");
        };
    told.log("build ended");
  }

  /// The builds that run here.
  Stream<Lease> held() {
    return leases.stream();
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private boolean isDraining() {
    return draining.getCount() == 0;
  }

  /// Takes nothing more; what runs goes on.
  void drain() {
    draining.countDown();
  }

  /// Ends what runs; its commands go back to their queues, for other workers.
  @Override
  public void close() {
    drain();
    closed.countDown();
    leases.forEach(lease -> lease.reins().interrupt(Ending.STOPPED));
    settling.forEach(Lease::close);
  }
}
