package io.terrarium.core.run;

import static io.terrarium.core.run.RunOrder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.Claims;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Workers and commands that are lost just when something else happens to their run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunMishapsIT {
  private static final int SLOTS = 100;

  private RunWorld world;
  private int organizations;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new RunWorld(directory.resolve("data"));
  }

  @AfterAll
  void stop() {
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
      Claim plan = planning();
      lose(plan);

      world.cancel(plan.run());

      assertThat(status(plan)).isEqualTo(RunStatus.CANCELED);
      assertThat(world.ask(plan.phaseId(), "worker-2")).isInstanceOf(PhaseClaims.Answer.Over.class);
    }

    @Test
    void is_a_wish_again_once_a_worker_has_the_next_attempt() {
      Claim plan = planning();
      lose(plan);
      world.claim(plan.run(), "worker-2");

      world.cancel(plan.run());

      assertThat(status(plan)).isEqualTo(RunStatus.PLANNING);
      assertThat(world.run(plan.run()).cancelWish()).isEqualTo(Run.CancelWish.INTERRUPT);
    }
  }

  @Nested
  class A_claim_whose_answer_was_lost {
    @Test
    void is_granted_again_to_the_delivery_that_asks_again() {
      RunId run = create();
      world.dispatch();
      String plan = world.run(run).planId().value();
      Claims.Granted lost = granted(world.claims().claim(plan, "worker-1", "dlv-1"));

      Claims.Granted again = granted(world.claims().claim(plan, "worker-1", "dlv-1"));

      assertThat(again.attempt()).isEqualTo(lost.attempt());
      assertThat(again.build().runToken()).isNotEqualTo(lost.build().runToken());
      assertThat(world.claims().beat(plan, "worker-1", again.attempt()))
          .contains(Claims.Wish.CONTINUE);
      world.cancel(run);
    }

    @Test
    void is_held_for_every_other_delivery_even_to_the_same_worker() {
      RunId run = create();
      world.dispatch();
      String plan = world.run(run).planId().value();
      world.claims().claim(plan, "worker-1", "dlv-1");

      assertThat(world.claims().claim(plan, "worker-1", "dlv-2"))
          .isInstanceOf(PhaseClaims.Answer.Held.class);
      assertThat(world.claims().claim(plan, "worker-2", "dlv-1"))
          .isInstanceOf(PhaseClaims.Answer.Held.class);
      world.cancel(run);
    }

    @Test
    void is_granted_again_for_an_apply_that_nobody_has_called_lost_yet() {
      RunId run = world.create(world.workspaces().getFirst(), aRun().automatic());
      world.dispatch();
      world.builds().ended(world.claim(run, "worker-1").finished(true));
      world.dispatch();
      String apply = world.run(run).applyId().value();
      world.claims().claim(apply, "worker-1", "dlv-1");
      world.phases().expireLease(apply);

      Claims.Granted again = granted(world.claims().claim(apply, "worker-1", "dlv-1"));
      world.timers().sweep();

      assertThat(again.attempt()).isEqualTo(1);
      assertThat(world.run(run).status()).isEqualTo(RunStatus.APPLYING);
    }

    @Test
    void is_over_once_another_has_the_next_attempt_or_the_run_has_ended() {
      RunId run = create();
      world.dispatch();
      String plan = world.run(run).planId().value();
      world.claims().claim(plan, "worker-1", "dlv-1");
      world.phases().expireLease(plan);
      world.timers().sweep();
      Claim second = world.claim(run, "worker-2");

      assertThat(world.claims().claim(plan, "worker-1", "dlv-1"))
          .isInstanceOf(PhaseClaims.Answer.Held.class);
      world.builds().ended(second.finished(false));
      assertThat(world.claims().claim(plan, "worker-1", "dlv-1"))
          .isInstanceOf(PhaseClaims.Answer.Over.class);
    }

    private static Claims.Granted granted(PhaseClaims.Answer answer) {
      assertThat(answer).isInstanceOf(PhaseClaims.Answer.Granted.class);
      return ((PhaseClaims.Answer.Granted) answer).claim();
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
      Claim plan = planning();
      lose(plan);
      age(plan.run(), 5);

      world.timers().sweep();

      assertThat(commandOf(plan.run())).isEqualTo(3);
      world.cancel(plan.run());
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
      RunId run = create();
      world.dispatch();
      return run;
    }

    /// The last command went to the broker that many minutes ago.
    private void age(RunId run, int minutes) {
      world.database().useTransaction(db -> db.execute("DELETE FROM outbox"));
      sentBefore(run, minutes);
    }

    private void sentBefore(RunId run, int minutes) {
      world.phases().release(planOf(run), minutes);
    }

    private int commandOf(RunId run) {
      return world.phases().commands(planOf(run));
    }

    private String planOf(RunId run) {
      return world.run(run).planId().value();
    }
  }

  @Nested
  class A_phase_past_its_time_limit_that_its_worker_still_holds {
    @Test
    void is_killed_and_keeps_the_workspace_until_the_worker_says_so() {
      Claim plan = overdue();
      RunId next = create();

      world.timers().sweep();

      assertThat(status(plan)).isEqualTo(RunStatus.PLANNING);
      assertThat(world.run(next).status()).isEqualTo(RunStatus.PENDING);
      assertThat(world.claims().beat(plan.phaseId(), "worker-1", 1)).contains(Claims.Wish.KILL);
      world.builds().ended(plan.canceled());
      assertThat(status(plan)).isEqualTo(RunStatus.ERRORED);
      world.cancel(next);
    }

    @Test
    void is_errored_once_its_claim_has_lapsed_and_says_why() {
      Claim plan = overdue();
      world.timers().sweep();

      lose(plan);

      assertThat(status(plan)).isEqualTo(RunStatus.ERRORED);
      assertThat(jobsOf(plan.run())).contains("exceeded its maximum run time");
    }

    @Test
    void is_canceled_when_a_person_asks_for_that_meanwhile() {
      Claim plan = overdue();
      world.timers().sweep();

      world.cancel(plan.run());

      world.builds().ended(plan.canceled());
      assertThat(status(plan)).isEqualTo(RunStatus.CANCELED);
    }

    private Claim overdue() {
      Claim plan = planning();
      world.phases().passTimeLimit(plan.phaseId());
      return plan;
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
      Claim plan = planning();
      world.phases().leaveTime(plan.phaseId(), 100);
      lose(plan);

      PhaseClaims.Answer second = world.ask(plan.phaseId(), "worker-2");

      assertThat(second)
          .isInstanceOfSatisfying(
              PhaseClaims.Answer.Granted.class,
              granted -> assertThat(granted.claim().build().timeoutSeconds()).isBetween(1, 100));
      world.builds().ended(new Claim(plan.command(), 2, "worker-2").finished(false));
    }
  }

  private RunId create() {
    return world.create(world.workspaces().getFirst(), aRun());
  }

  private RunStatus status(Claim claim) {
    return world.run(claim.run()).status();
  }

  /// The plan of a new run in the hands of worker-1.
  private Claim planning() {
    RunId run = create();
    world.dispatch();
    return world.claim(run, "worker-1");
  }

  private void lose(Claim claim) {
    world.phases().expireLease(claim.phaseId());
    world.timers().sweep();
  }
}
