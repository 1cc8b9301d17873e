package io.terrarium.core.run;

import static io.terrarium.core.run.RunOrder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.id.Ids;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Workers that are lost, or too slow, and what they say when they come back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTimersIT {
  private RunWorld world;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new RunWorld(directory.resolve("data"));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void makeOrganization() {
    world.workspaces().clear();
    world.organization(Ids.random().next("lost-"), 1);
  }

  @Nested
  class A_lost_plan {
    @Test
    void is_sent_out_again_and_done_by_another() {
      RunId run = create(aRun());
      Claim first = claim(run, "worker-1");

      lose(first);

      assertThat(world.sent()).endsWith(run + " plan", run + " plan");
      assertThat(status(run)).isEqualTo(RunStatus.PLANNING);
      Claim second = world.claim(run, "worker-2");
      assertThat(second.attempt()).isEqualTo(2);
      world.builds().ended(second.finished(true));
      assertThat(status(run)).isEqualTo(RunStatus.PLANNED);
    }

    @Test
    void is_errored_when_it_is_the_third() {
      RunId run = create(aRun());
      lose(claim(run, "worker-1"));
      lose(world.claim(run, "worker-2"));
      Claim third = world.claim(run, "worker-3");

      lose(third);

      assertThat(status(run)).isEqualTo(RunStatus.ERRORED);
      assertThat(world.claim(third.command(), "worker-4")).isEmpty();
    }

    @Test
    void is_errored_when_the_broker_brings_it_a_fourth_time_before_the_sweeper_comes() {
      RunId run = create(aRun());
      Claim last = claim(run, "worker-1");
      for (String worker : new String[] {"worker-2", "worker-3"}) {
        world.phases().expireLease(last.phaseId());
        last = world.claim(run, worker);
      }
      world.phases().expireLease(last.phaseId());

      PhaseClaims.Answer answer = world.ask(last.phaseId(), "worker-4");

      assertThat(answer).isInstanceOf(PhaseClaims.Answer.Over.class);
      assertThat(status(run)).isEqualTo(RunStatus.ERRORED);
    }

    @Test
    void is_canceled_when_that_was_asked_for() {
      RunId run = create(aRun());
      Claim claim = claim(run, "worker-1");
      world.cancel(run);

      lose(claim);

      assertThat(status(run)).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void is_not_lost_as_long_as_its_worker_beats() {
      RunId run = create(aRun());
      Claim claim = claim(run, "worker-1");
      world.phases().expireLease(claim.phaseId());
      world.claims().beat(claim.phaseId(), "worker-1", 1);

      world.timers().sweep();

      assertThat(world.phases().isHeldBy("worker-1", claim.phaseId())).isTrue();
    }
  }

  @Nested
  class A_lost_apply {
    @Test
    void is_errored_and_never_done_again() {
      RunId run = create(aRun().automatic());
      Claim apply = apply(run);

      lose(apply);

      assertThat(status(run)).isEqualTo(RunStatus.ERRORED);
      assertThat(world.ask(apply.phaseId(), "worker-3"))
          .isInstanceOf(PhaseClaims.Answer.Over.class);
    }

    @Test
    void leaves_the_state_that_it_has_uploaded() {
      RunId run = create(aRun().automatic());
      Claim apply = apply(run);
      world.builds().stateUploaded(apply.state());

      lose(apply);

      assertThat(world.kept()).containsEntry(run, apply.state().objectId());
    }

    @Test
    void is_canceled_when_that_was_asked_for() {
      RunId run = create(aRun().automatic());
      Claim apply = apply(run);
      world.cancel(run);

      lose(apply);

      assertThat(status(run)).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void makes_room_for_the_next_run_of_its_workspace() {
      RunId run = create(aRun().automatic());
      RunId next = create(aRun());
      Claim apply = apply(run);

      lose(apply);

      assertThat(status(next)).isEqualTo(RunStatus.QUEUING);
    }
  }

  @Nested
  class A_worker_that_comes_back_after_another_took_over {
    private RunId run;
    private Claim stale;
    private Claim current;

    @BeforeEach
    void takeOver() {
      run = create(aRun());
      stale = claim(run, "worker-1");
      lose(stale);
      current = world.claim(run, "worker-2");
    }

    @Test
    void is_refused_whatever_result_it_brings() {
      String before = world.phases().of(run);

      assertRefused(() -> world.builds().ended(stale.finished(true)));
      assertRefused(() -> world.builds().ended(stale.errored()));
      assertRefused(() -> world.builds().ended(stale.canceled()));

      assertThat(world.phases().of(run)).isEqualTo(before);
    }

    @Test
    void is_refused_even_once_the_phase_has_ended_the_same_way() {
      world.builds().ended(current.finished(true));
      String before = world.phases().of(run);

      assertRefused(() -> world.builds().ended(stale.finished(true)));

      assertThat(world.phases().of(run)).isEqualTo(before);
    }

    @Test
    void learns_by_its_beat_that_the_claim_is_lost() {
      assertThat(world.claims().beat(stale.phaseId(), "worker-1", 1)).isEmpty();
      assertThat(world.claims().beat(stale.phaseId(), "worker-1", 2)).isEmpty();
      assertThat(world.claims().beat(stale.phaseId(), "worker-2", 2))
          .contains(Claims.Wish.CONTINUE);
    }
  }

  @Nested
  class A_state {
    @Test
    void of_another_attempt_is_refused() {
      RunId run = create(aRun().automatic());
      Claim apply = apply(run);
      Claim other = new Claim(apply.command(), apply.attempt() + 1, "worker-1");
      String before = world.phases().of(run);

      assertRefused(() -> world.builds().stateUploaded(other.state()));

      assertThat(world.phases().of(run)).isEqualTo(before);
    }

    @Test
    void of_an_apply_that_is_over_is_refused() {
      RunId run = create(aRun().automatic());
      Claim apply = apply(run);
      lose(apply);

      assertRefused(() -> world.builds().stateUploaded(apply.state()));

      assertThat(world.kept()).doesNotContainKey(run);
    }
  }

  private static void assertRefused(ThrowingCallable word) {
    assertThatThrownBy(word).isInstanceOf(Fault.Conflict.class);
  }

  private RunId create(RunOrder order) {
    return world.create(world.workspaces().getFirst(), order);
  }

  private RunStatus status(RunId run) {
    return world.run(run).status();
  }

  /// The run's next phase, sent out and taken.
  private Claim claim(RunId run, String worker) {
    world.freeSlots(9, 9);
    world.dispatch();
    return world.claim(run, worker);
  }

  /// The apply of an automatic run, in the hands of `worker-1`.
  private Claim apply(RunId run) {
    world.builds().ended(claim(run, "worker-1").finished(true));
    return claim(run, "worker-1");
  }

  private void lose(Claim claim) {
    world.phases().expireLease(claim.phaseId());
    world.timers().sweep();
  }
}
