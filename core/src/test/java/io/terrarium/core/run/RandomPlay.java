package io.terrarium.core.run;

import static io.terrarium.core.run.RunOrder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.kernel.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/// Whatever people, workers and timers may do, in any order, some of it twice. It knows which
/// attempt of a phase counts, and expects that no other is listened to.
final class RandomPlay {
  private static final int SLOTS = 3;
  private static final Duration UNTIL_FORCE = Duration.ofSeconds(31);
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(5);

  private final RunWorld world;
  private final Random random;
  private final List<RunId> runs = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  // Their workers are gone for us, and may still speak.
  private final List<Claim> lost = new ArrayList<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private int workers;

  RandomPlay(RunWorld world, long seed) {
    this.world = world;
    this.random = new Random(seed);
  }

  void act() {
    switch (random.nextInt(27)) {
      case 0, 1, 2 -> runs.add(world.create(workspace(), order()));
      case 3 -> world.lock(workspace());
      case 4, 5 -> world.unlock(workspace());
      case 6 -> onSomeRun(world::cancel);
      case 7 -> onSomeRun(world::discard);
      case 8, 9 -> onSomeRun(world::confirm);
      case 10 -> onSomeRun(world::forceExecute);
      case 11 -> forceCancel();
      case 12, 13, 14 -> dispatch();
      case 15 -> enqueue();
      case 16, 17, 18 -> claimOne();
      case 19 -> loseOne();
      case 20 -> onSomeClaim(this::beat);
      case 21 -> onSomeClaim(this::upload);
      case 22 -> passOneTimeLimit();
      case 23, 24 -> enqueue();
      default -> onSomeClaim(this::end);
    }
  }

  /// People confirm what waits for them, workers do what they are given, until nothing is left.
  void bringToAnEnd(int roundsMax) {
    world.workspaces().forEach(world::unlock);
    for (int round = 0; round < roundsMax && open().isPresent(); round++) {
      List.copyOf(claims).forEach(this::end);
      lost.stream()
          .filter(claim -> !isStale(claim))
          .forEach(claim -> world.phases().expireLease(claim.phaseId()));
      world.timers().sweep();
      for (RunId run : runs) {
        if (world.run(run).isConfirmable()) {
          ifPossible(() -> world.confirm(run));
        }
      }
      dispatch();
      world.commands().forEach(this::claim);
    }
  }

  private Optional<RunId> open() {
    return runs.stream().filter(run -> !world.run(run).status().isFinal()).findFirst();
  }

  private RunWorld.Workspace workspace() {
    return world.workspaces().get(random.nextInt(world.workspaces().size()));
  }

  private RunOrder order() {
    RunOrder order = random.nextBoolean() ? aRun() : aRun().automatic();
    return switch (random.nextInt(9)) {
      case 0 -> order.speculative();
      case 1, 2 -> order.saved();
      case 3 -> order.refreshing();
      case 4 -> order.destroying();
      case 5 -> order.evenEmpty();
      default -> order;
    };
  }

  /// One that is still open as a rule; now and then one that has ended.
  private void onSomeRun(Consumer<RunId> action) {
    List<RunId> open = runs.stream().filter(run -> !world.run(run).status().isFinal()).toList();
    List<RunId> some = random.nextInt(8) == 0 ? runs : open;
    if (!some.isEmpty()) {
      RunId run = some.get(random.nextInt(some.size()));
      ifPossible(() -> action.accept(run));
    }
  }

  /// What is refused changes nothing; the promises are looked at after every step.
  private static void ifPossible(Runnable action) {
    try {
      action.run();
    } catch (Fault.Conflict | Fault.Forbidden notNow) {
      assertThat(notNow.getMessage()).containsAnyOf("run", "saved plan", "workspace");
    }
  }

  private void forceCancel() {
    world.clock().advance(UNTIL_FORCE);
    runs.stream()
        .filter(run -> world.run(run).isForceCancelable(world.clock().instant()))
        .findFirst()
        .ifPresentOrElse(world::forceCancel, () -> onSomeRun(world::forceCancel));
  }

  private void dispatch() {
    world.freeSlots(SLOTS, Math.max(0, SLOTS - claims.size()));
    world.dispatch();
  }

  private Optional<RunWorld.Command> command() {
    List<RunWorld.Command> commands = world.commands();
    return commands.isEmpty()
        ? Optional.empty()
        : Optional.of(commands.get(random.nextInt(commands.size())));
  }

  private void enqueue() {
    command()
        .ifPresent(
            command -> world.runs().enqueued(command.run(), command.phaseId(), "no such jid"));
  }

  private void claimOne() {
    command().ifPresent(this::claim);
  }

  private void claim(RunWorld.Command command) {
    Optional<Claim> granted = world.claim(command, "worker-" + workers++);
    granted.ifPresent(claim -> {
      assertThat(claim.attempt()).isEqualTo(attempts.getOrDefault(command.phaseId(), 0) + 1);
      attempts.put(command.phaseId(), claim.attempt());
      claims.add(claim);
    });
    assertThat(world.claim(command, "late")).as("what a second worker gets").isEmpty();
  }

  private void onSomeClaim(Consumer<Claim> action) {
    List<Claim> some = !lost.isEmpty() && random.nextInt(4) == 0 ? lost : claims;
    if (!some.isEmpty()) {
      action.accept(some.get(random.nextInt(some.size())));
    }
  }

  /// Either the sweeper finds it, or the broker gives its command to another first.
  private void loseOne() {
    if (!claims.isEmpty()) {
      Claim claim = claims.remove(random.nextInt(claims.size()));
      lost.add(claim);
      world.phases().expireLease(claim.phaseId());
      if (random.nextBoolean()) {
        world.timers().sweep();
      }
    }
  }

  /// The worker is told to kill terraform, and dies of it without a word.
  private void passOneTimeLimit() {
    if (!claims.isEmpty() && random.nextInt(3) == 0) {
      Claim claim = claims.remove(random.nextInt(claims.size()));
      lost.add(claim);
      boolean running = world.phases().isRunning(claim.phaseId());
      world.phases().passTimeLimit(claim.phaseId());
      world.timers().sweep();
      if (running) {
        assertThat(world.run(claim.run()).status().isFinal()).as("while it is held").isFalse();
        world.phases().expireLease(claim.phaseId());
        world.timers().sweep();
        assertThat(world.run(claim.run()).status())
            .isIn(RunStatus.ERRORED, RunStatus.CANCELED, RunStatus.FORCE_CANCELED);
      }
    }
  }

  private boolean isStale(Claim claim) {
    return claim.attempt() != attempts.getOrDefault(claim.phaseId(), 0);
  }

  private void beat(Claim claim) {
    boolean holds = !isStale(claim) && world.phases().isHeldBy(claim.worker(), claim.phaseId());
    Optional<Claims.Wish> expected = holds ? Optional.of(wish(claim)) : Optional.empty();

    assertThat(world.claims().beat(claim.phaseId(), claim.worker(), claim.attempt()))
        .isEqualTo(expected);
  }

  private Claims.Wish wish(Claim claim) {
    Run.CancelWish wish = world.run(claim.run()).cancelWish();
    return wish == null ? Claims.Wish.CONTINUE : Claims.Wish.valueOf(wish.name());
  }

  private void upload(Claim claim) {
    if (claim.isApply()) {
      if (isStale(claim) || !world.phases().isRunning(claim.phaseId())) {
        sayInVain(claim, () -> world.builds().stateUploaded(claim.state()), true);
      } else {
        world.builds().stateUploaded(claim.state());
      }
    }
  }

  /// Messages may come twice; a second end of the same kind is answered like the first.
  private void end(Claim claim) {
    BuildEvent event = event(claim);
    if (isStale(claim) || !world.phases().isRunning(claim.phaseId())) {
      sayInVain(claim, () -> world.builds().ended(event), isStale(claim));
    } else {
      take(event);
    }
    sayInVain(claim, () -> world.builds().ended(event), isStale(claim));
    claims.remove(claim);
  }

  /// As build-manager does: what atlas does not take yet comes again.
  private void take(BuildEvent event) {
    try {
      world.builds().ended(event);
    } catch (Fault.Unavailable later) {
      world.clock().advance(UNTIL_SEEN);
      world.builds().ended(event);
    }
  }

  private void sayInVain(Claim claim, Runnable word, boolean mustBeRefused) {
    String before = world.phases().of(claim.run());
    boolean refused = false;
    try {
      word.run();
    } catch (Fault.Conflict stale) {
      refused = true;
    }
    assertThat(refused || !mustBeRefused).as("refused, for another attempt counts").isTrue();
    assertThat(world.phases().of(claim.run())).as("the run").isEqualTo(before);
  }

  private BuildEvent event(Claim claim) {
    boolean wished = world.run(claim.run()).cancelWish() != null;
    if (wished && random.nextBoolean()) {
      return claim.canceled();
    }
    return random.nextInt(6) == 0 ? claim.errored() : claim.finished(random.nextInt(4) != 0);
  }
}
