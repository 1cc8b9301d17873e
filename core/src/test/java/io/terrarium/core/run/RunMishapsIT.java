package io.terrarium.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.Claims;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Workers, commands and transactions that get in each other's way or are lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunMishapsIT {
  private static final int SLOTS = 100;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private RunWorld world;
  private int organizations;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new RunWorld(directory.resolve("data"));
  }

  @AfterAll
  void stop() {
    threads.close();
    world.close();
  }

  @BeforeEach
  void begin() {
    world.freeSlots(SLOTS, SLOTS);
    world.organization("mishaps-" + organizations++, 1);
  }

  @AfterEach
  void end() {
    world.workspaces().clear();
  }

  @Nested
  class A_cancel_between_two_attempts_of_a_plan {
    @Test
    void ends_the_run_at_once() {
      RunId run = planning();
      loseWorkers();
      world.timers().sweep();

      world.cancel(run);

      assertThat(world.run(run).status()).isEqualTo(RunStatus.CANCELED);
      assertThat(claim(planOf(run), "worker-2")).isInstanceOf(Builds.Answer.Over.class);
    }

    @Test
    void is_a_wish_again_once_a_worker_has_the_next_attempt() {
      RunId run = planning();
      loseWorkers();
      world.timers().sweep();
      claim(planOf(run), "worker-2");

      world.cancel(run);

      assertThat(world.run(run).status()).isEqualTo(RunStatus.PLANNING);
      assertThat(world.run(run).cancelWish()).isEqualTo(Run.CancelWish.INTERRUPT);
    }
  }

  @Nested
  class A_workspace {
    @Test
    void takes_many_runs_and_many_ends_at_once_without_a_deadlock() throws Exception {
      long before = deadlocks();
      List<Callable<RunId>> people =
          IntStream.range(0, 24).<Callable<RunId>>mapToObj(_ -> this::createAndCancel).toList();

      for (Future<RunId> run : threads.invokeAll(people)) {
        assertThat(world.run(run.get()).status()).isEqualTo(RunStatus.CANCELED);
      }

      // A deadlock is done again unseen, but PostgreSQL has counted it.
      assertThat(deadlocks() - before).isZero();
    }

    private RunId createAndCancel() {
      RunId run = create(false);
      world.runs().enqueued(run, planOf(run), 1, "no such jid");
      world.cancel(run);
      return run;
    }

    /// Each connection tells its count only now and then, or when asked to.
    private long deadlocks() throws Exception {
      CyclicBarrier all = new CyclicBarrier(RunWorld.CONNECTIONS);
      Callable<Integer> tell =
          () ->
              world
                  .database()
                  .inTransaction(db -> {
                    db.execute("SELECT pg_stat_force_next_flush()");
                    return await(all);
                  });
      for (Future<Integer> told : threads.invokeAll(Collections.nCopies(all.getParties(), tell))) {
        told.get();
      }
      return world
          .database()
          .read(db ->
              db.createQuery(
                      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                  .mapTo(Long.class)
                  .one());
    }

    private static int await(CyclicBarrier all) {
      try {
        return all.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Nested
  class The_dispatcher {
    @Test
    void waits_for_another_that_may_not_have_seen_the_newest_run() throws Exception {
      RunId run = create(false);

      Future<Integer> released =
          whileHolding("SELECT pg_advisory_xact_lock(715517, 1)", "advisory", world::dispatch);

      assertThat(released.get()).isEqualTo(1);
      assertThat(world.commands().stream().map(RunWorld.Command::run)).containsExactly(run);
      world.cancel(run);
    }
  }

  @Nested
  class A_command_that_no_worker_has_heard_of {
    @Test
    void is_sent_again_while_a_worker_has_room_for_it_ever_more_seldom() {
      RunId run = queued();
      age(run, 3);

      world.timers().sweep();
      world.timers().sweep();

      assertThat(commandOf(run)).isEqualTo(2);
      age(run, 3);
      world.timers().sweep();
      assertThat(commandOf(run)).isEqualTo(2);
      age(run, 5);
      world.timers().sweep();
      assertThat(commandOf(run)).isEqualTo(3);
      world.cancel(run);
    }

    @Test
    void is_sent_again_for_the_second_attempt_of_a_plan_too() {
      RunId run = planning();
      loseWorkers();
      world.timers().sweep();
      age(run, 5);

      world.timers().sweep();

      assertThat(commandOf(run)).isEqualTo(3);
      world.cancel(run);
    }

    @Test
    void waits_on_while_all_workers_are_busy() {
      RunId run = queued();
      age(run, 600);
      world.freeSlots(SLOTS, 0);

      world.timers().sweep();

      assertThat(commandOf(run)).isEqualTo(1);
      world.cancel(run);
    }

    @Test
    void waits_on_while_its_job_is_on_its_way() {
      RunId run = queued();
      sentBefore(run, 600);

      world.timers().sweep();

      assertThat(commandOf(run)).isEqualTo(1);
      world.cancel(run);
    }

    private RunId queued() {
      RunId run = create(false);
      world.dispatch();
      return run;
    }

    /// The last command went to the broker that many minutes ago.
    private void age(RunId run, int minutes) {
      update("DELETE FROM outbox");
      sentBefore(run, minutes);
    }

    private void sentBefore(RunId run, int minutes) {
      update(
          "UPDATE phases SET released_at = now() - interval '"
              + minutes
              + " minutes' WHERE external_id = '"
              + planOf(run)
              + "'");
    }

    private int commandOf(RunId run) {
      return world
          .database()
          .read(db ->
              db.createQuery("SELECT command FROM phases WHERE external_id = :id")
                  .bind("id", planOf(run))
                  .mapTo(Integer.class)
                  .one());
    }
  }

  @Nested
  class A_phase_past_its_time_limit_that_its_worker_still_holds {
    @Test
    void is_killed_and_keeps_the_workspace_until_the_worker_says_so() {
      RunId run = overdue();
      RunId next = create(false);

      world.timers().sweep();

      assertThat(world.run(run).status()).isEqualTo(RunStatus.PLANNING);
      assertThat(world.run(next).status()).isEqualTo(RunStatus.PENDING);
      assertThat(world.builds().beat(planOf(run), "worker-1", 1)).contains(Claims.Wish.KILL);
      world.builds().ended(plan(run, 1).canceled());
      assertThat(world.run(run).status()).isEqualTo(RunStatus.ERRORED);
      world.cancel(next);
    }

    @Test
    void is_errored_once_its_claim_has_lapsed_and_says_why() {
      RunId run = overdue();
      world.timers().sweep();
      loseWorkers();

      world.timers().sweep();

      assertThat(world.run(run).status()).isEqualTo(RunStatus.ERRORED);
      assertThat(jobsOf(run)).contains("exceeded its maximum run time");
    }

    @Test
    void is_canceled_when_a_person_asks_for_that_meanwhile() {
      RunId run = overdue();
      world.timers().sweep();

      world.cancel(run);

      world.builds().ended(plan(run, 1).canceled());
      assertThat(world.run(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    private RunId overdue() {
      RunId run = planning();
      setDeadline(run, -180);
      return run;
    }

    private String jobsOf(RunId run) {
      return world
          .database()
          .read(db ->
              db.createQuery("SELECT string_agg(argument::text, ' ') FROM outbox WHERE flow = :run")
                  .bind("run", run.value())
                  .mapTo(String.class)
                  .one());
    }
  }

  @Nested
  class A_second_attempt_of_a_plan {
    @Test
    void has_what_the_first_has_left_of_the_time() {
      RunId run = planning();
      setDeadline(run, 100);
      loseWorkers();
      world.timers().sweep();

      Builds.Answer second = claim(planOf(run), "worker-2");

      assertThat(second)
          .isInstanceOfSatisfying(
              Builds.Answer.Granted.class,
              granted -> assertThat(granted.claim().build().timeoutSeconds()).isBetween(1, 100));
      world.builds().ended(plan(run, 2).finished(false));
    }
  }

  @Nested
  class The_result_of_an_apply {
    @Test
    void is_taken_though_a_saved_plan_changes_at_the_same_moment() throws Exception {
      RunId run = create(true);
      world.dispatch();
      claim(planOf(run), "worker-1");
      world.builds().ended(plan(run, 1).finished(true));
      world.dispatch();
      String apply = world.run(run).applyId().value();
      claim(apply, "worker-1");
      RunId saved = create(false);
      String isSaved = " WHERE external_id = '" + saved + "'";
      update("UPDATE runs SET save_plan = true, status = 'planned_and_saved'" + isSaved);

      Future<RunStatus> result =
          whileHolding(
              "UPDATE runs SET lock_version = lock_version + 1" + isSaved,
              "transactionid",
              () -> {
                world
                    .builds()
                    .ended(
                        new Claim(new RunWorld.Command(run, apply, Phase.APPLY), 1, "worker-1")
                            .finished(true));
                return world.run(run).status();
              });

      assertThat(result.get()).isEqualTo(RunStatus.APPLIED);
      assertThat(world.run(saved).status()).isEqualTo(RunStatus.DISCARDED);
    }
  }

  /// The plan of a run in the hands of a worker.
  private Claim plan(RunId run, int attempt) {
    return new Claim(
        new RunWorld.Command(run, planOf(run), Phase.PLAN), attempt, "worker-" + attempt);
  }

  private RunId create(boolean automatic) {
    return world.create(
        world.workspaces().getFirst(), automatic ? RunOrder.aRun().automatic() : RunOrder.aRun());
  }

  /// A run whose plan worker-1 has claimed.
  private RunId planning() {
    RunId run = create(false);
    world.dispatch();
    claim(planOf(run), "worker-1");
    return run;
  }

  private String planOf(RunId run) {
    return world.run(run).planId().value();
  }

  private Builds.Answer claim(String phaseId, String worker) {
    return world.builds().claim(phaseId, worker);
  }

  private void loseWorkers() {
    update(
        "UPDATE phases SET lease_until = now() - interval '1 minute'"
            + " WHERE lease_until IS NOT NULL");
  }

  private void setDeadline(RunId run, int seconds) {
    update(
        "UPDATE phases SET deadline_at = now() + interval '"
            + seconds
            + " seconds' WHERE external_id = '"
            + planOf(run)
            + "'");
  }

  private void update(String sql) {
    world.database().useTransaction(db -> db.execute(sql));
  }

  /// Lets `work` run into a lock that another transaction holds until it waits for it.
  private <T> Future<T> whileHolding(String lock, String lockType, Callable<T> work) {
    return world
        .database()
        .inTransaction(db -> {
          db.execute(lock);
          Future<T> waiting = threads.submit(work);
          while (!isAwaited(lockType)) {
            Thread.onSpinWait();
          }
          return waiting;
        });
  }

  private boolean isAwaited(String lockType) {
    return world
        .database()
        .read(db ->
            db.createQuery(
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = :type AND NOT granted)")
                .bind("type", lockType)
                .mapTo(Boolean.class)
                .one());
  }
}
