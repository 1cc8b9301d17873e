package io.terrarium.core.run;

import static io.terrarium.core.run.RunOrder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.id.RunId;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Transactions that meet.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunLocksIT {
  private static final int SLOTS = 100;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private RunWorld world;
  private int organizations;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new RunWorld(directory.resolve("data"));
    world.freeSlots(SLOTS, SLOTS);
  }

  @AfterAll
  void stop() {
    threads.close();
    world.close();
  }

  @BeforeEach
  void makeOrganization() {
    world.workspaces().clear();
    world.organization("locks-" + organizations++, 1);
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
      RunId run = create(aRun());
      world.runs().enqueued(run, world.run(run).planId().value(), "no such jid");
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
      RunId run = create(aRun());

      Future<Integer> released =
          whileHolding("SELECT pg_advisory_xact_lock(715517, 1)", "advisory", world::dispatch);

      assertThat(released.get()).isEqualTo(1);
      assertThat(world.commands().stream().map(RunWorld.Command::run)).containsExactly(run);
      world.cancel(run);
    }
  }

  @Nested
  class The_result_of_an_apply {
    @Test
    void is_taken_though_a_saved_plan_changes_at_the_same_moment() throws Exception {
      RunId run = create(aRun().automatic());
      world.dispatch();
      world.builds().ended(world.claim(run, "worker-1").finished(true));
      world.dispatch();
      Claim apply = world.claim(run, "worker-1");
      RunId saved = create(aRun());
      String isSaved = " WHERE external_id = '" + saved + "'";
      world
          .database()
          .useTransaction(db ->
              db.execute(
                  "UPDATE runs SET save_plan = true, status = 'planned_and_saved'" + isSaved));

      Future<RunStatus> result =
          whileHolding(
              "UPDATE runs SET lock_version = lock_version + 1" + isSaved,
              "transactionid",
              () -> {
                world.builds().ended(apply.finished(true));
                return world.run(run).status();
              });

      assertThat(result.get()).isEqualTo(RunStatus.APPLIED);
      assertThat(world.run(saved).status()).isEqualTo(RunStatus.DISCARDED);
    }
  }

  private RunId create(RunOrder order) {
    return world.create(world.workspaces().getFirst(), order);
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
