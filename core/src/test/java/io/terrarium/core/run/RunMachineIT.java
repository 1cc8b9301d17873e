package io.terrarium.core.run;

import static io.terrarium.core.run.RunOrder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunMachineIT {
  private static final int STEPS = 100;
  private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);

  /// Rows that nothing takes today: a confirmed run queues its apply in the same transaction, and a
  /// phase fails only once a worker has claimed it.
  private static final Set<String> NEVER_TAKEN =
      Set.of(
          "confirmed > canceled",
          "queuing > errored",
          "plan_queued > errored",
          "queuing_apply > errored",
          "apply_queued > errored");

  private RunWorld world;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new RunWorld(directory.resolve("data"));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void holds_its_promises_whatever_happens_and_takes_every_row_of_its_table() {
    for (long seed : SEEDS) {
      play(seed);
    }
    takeRareRows();

    Set<String> table =
        RunLifecycle.TABLE.rules().stream()
            .map(rule -> rule.from().wire() + " > " + rule.to().wire())
            .filter(row -> !NEVER_TAKEN.contains(row))
            .collect(Collectors.toSet());
    assertThat(world.moves()).containsExactlyInAnyOrderElementsOf(table);
  }

  private void play(long seed) {
    world.workspaces().clear();
    world.organization("random-a-" + seed, 2);
    world.organization("random-b-" + seed, 1);
    RunPromises promises = new RunPromises(world.database());
    RandomPlay play = new RandomPlay(world, seed);
    for (int step = 0; step < STEPS; step++) {
      try {
        play.act();
        promises.check();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
    play.bringToAnEnd(STEPS);
    promises.checkRest();
  }

  /// Chance seldom brings a run so far and then this way.
  private void takeRareRows() {
    world.workspaces().clear();
    world.organization("rare", 1);
    RunId saved = planned(aRun().saved());
    world.confirm(saved);
    enqueue(saved, world.run(saved).applyId().value());
    Claim apply = claimed(saved);
    world.cancel(saved);
    world.builds().ended(apply.canceled());
    world.discard(planned(aRun().saved()));
    world.cancel(planned(aRun().automatic()));
    RunId applyQueued = planned(aRun().automatic());
    enqueue(applyQueued, world.run(applyQueued).applyId().value());
    world.cancel(applyQueued);
    RunId planQueued = create(aRun());
    enqueue(planQueued, world.run(planQueued).planId().value());
    world.cancel(planQueued);
  }

  private RunId create(RunOrder order) {
    return world.create(world.workspaces().getFirst(), order);
  }

  private RunId planned(RunOrder order) {
    RunId run = create(order);
    world.builds().ended(claimed(run).finished(true));
    return run;
  }

  private void enqueue(RunId run, String phaseId) {
    world.freeSlots(1, 1);
    world.dispatch();
    world.runs().enqueued(run, phaseId, "no such jid");
  }

  @Test
  void takes_the_failure_of_an_automatic_apply_only_once_clients_have_seen_the_plan() {
    world.workspaces().clear();
    world.organization("fails-at-once", 1);
    RunId run = world.create(world.workspaces().getFirst(), aRun().automatic());
    world.builds().ended(claimed(run).finished(true));
    Claim apply = claimed(run);

    assertThatThrownBy(() -> world.builds().ended(apply.errored()))
        .isInstanceOf(Fault.Unavailable.class);

    assertThat(world.run(run).status()).isEqualTo(RunStatus.APPLYING);
    world.clock().advance(Duration.ofSeconds(4));
    world.builds().ended(apply.errored());
    assertThat(world.run(run).status()).isEqualTo(RunStatus.ERRORED);
  }

  @Test
  void has_a_log_ended_whose_worker_could_not_hand_it_over_even_when_it_says_so_twice() {
    world.workspaces().clear();
    world.organization("loses-a-log", 1);
    RunId run = create(aRun());
    BuildEvent event = claimed(run).finished(true).withLogLost();

    world.builds().ended(event);
    world.builds().ended(event);

    int ends =
        world
            .database()
            .read(db ->
                db.createQuery(
                        "SELECT count(*) FROM outbox WHERE class = 'Runs::CloseLog' AND flow = :run")
                    .bind("run", run.value())
                    .mapTo(Integer.class)
                    .one());
    assertThat(ends).isEqualTo(1);
    assertThat(world.run(run).status()).isEqualTo(RunStatus.PLANNED);
  }

  private Claim claimed(RunId run) {
    world.freeSlots(1, 1);
    world.dispatch();
    return world.claim(run, "worker-1");
  }
}
