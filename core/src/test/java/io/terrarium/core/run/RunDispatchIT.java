package io.terrarium.core.run;

import static io.terrarium.core.run.RunOrder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two commands more than there are free slots may wait at the broker; without a free slot, that is
/// two.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunDispatchIT {
  private final List<RunId> runs = new ArrayList<>();
  private RunWorld world;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new RunWorld(directory.resolve("data"));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @AfterEach
  void endAll() {
    runs.stream().filter(run -> world.run(run).isCancelable()).forEach(world::cancel);
    runs.stream().filter(run -> world.run(run).isDiscardable()).forEach(world::discard);
    runs.clear();
    world.workspaces().clear();
    fairQueuing(true);
  }

  /// Settings are read again after a while.
  private void fairQueuing(boolean enabled) {
    world
        .database()
        .useTransaction(
            db -> db.execute("UPDATE general_settings SET fair_run_queuing_enabled = ?", enabled));
    world.clock().advance(Duration.ofMinutes(5));
  }

  @Test
  void sends_applies_before_plans_and_plans_before_speculative_ones_however_old() {
    world.organization("classes", 4);
    RunId speculative = create(0, aRun().speculative());
    RunId plan = create(1, aRun());
    RunId laterPlan = create(2, aRun());
    RunId apply = create(3, aRun().automatic());
    plan(apply);
    int before = world.sent().size();

    world.freeSlots(2, 0);
    world.dispatch();
    List<String> first = sentAfter(before);
    world.freeSlots(2, 2);
    world.dispatch();

    assertThat(first).containsExactly(apply + " apply", plan + " plan");
    assertThat(sentAfter(before))
        .containsExactly(
            apply + " apply", plan + " plan", laterPlan + " plan", speculative + " plan");
  }

  @Test
  void sends_an_apply_of_a_busy_organization_before_a_plan_of_an_idle_one() {
    world.organization("works-much", 2);
    world.organization("works-little", 2);
    RunId idle = create(2, aRun());
    RunId alsoIdle = create(3, aRun());
    RunId apply = create(0, aRun().automatic());
    plan(apply);
    RunId working = create(1, aRun());
    world.ask(world.run(working).planId().value(), "worker-1");
    int before = world.sent().size();

    world.freeSlots(2, 0);
    world.dispatch();

    assertThat(sentAfter(before)).containsExactly(apply + " apply", idle + " plan");
    assertThat(world.run(alsoIdle).status()).isEqualTo(RunStatus.QUEUING);
    world.builds().ended(new Claim(plan(world.run(working)), 1, "worker-1").finished(false));
  }

  @Test
  void gives_each_organization_its_share_in_turns() {
    world.organization("busy", 4);
    world.organization("quiet", 2);
    for (int workspace = 0; workspace < 6; workspace++) {
      create(workspace, aRun());
    }
    int before = world.sent().size();

    world.freeSlots(2, 2);
    int released = world.dispatch();

    assertThat(released).isEqualTo(4);
    assertThat(sentAfter(before))
        .containsExactly(
            runs.get(0) + " plan",
            runs.get(4) + " plan",
            runs.get(1) + " plan",
            runs.get(5) + " plan");
  }

  @Test
  void sends_by_age_alone_once_fair_queuing_is_switched_off() {
    fairQueuing(false);
    world.organization("first-come", 3);
    world.organization("later-come", 1);
    for (int workspace = 0; workspace < 4; workspace++) {
      create(workspace, aRun());
    }
    int before = world.sent().size();

    world.freeSlots(1, 1);
    world.dispatch();

    assertThat(sentAfter(before))
        .containsExactly(runs.get(0) + " plan", runs.get(1) + " plan", runs.get(2) + " plan");
  }

  @Test
  void sends_nothing_of_an_organization_that_is_disabled() {
    world.organization("disabled-one", 1);
    world.organization("enabled-one", 1);
    create(0, aRun());
    create(1, aRun());
    disable("disabled-one", true);
    int before = world.sent().size();

    world.freeSlots(2, 2);
    world.dispatch();
    List<String> first = sentAfter(before);
    disable("disabled-one", false);
    world.dispatch();

    assertThat(first).containsExactly(runs.get(1) + " plan");
    assertThat(sentAfter(before)).containsExactly(runs.get(1) + " plan", runs.get(0) + " plan");
  }

  private void disable(String organization, boolean disabled) {
    world
        .database()
        .useTransaction(db ->
            db.execute(
                "UPDATE organizations SET is_disabled = ? WHERE name = ?", disabled, organization));
  }

  @Test
  void sends_nothing_while_no_worker_is_there_or_all_of_them_drain() {
    world.organization("unmanned", 1);
    create(0, aRun());

    world.noWorker();
    int withoutWorker = world.dispatch();
    world.draining(2);
    int whileDraining = world.dispatch();

    assertThat(withoutWorker).isZero();
    assertThat(whileDraining).isZero();
  }

  @Test
  void sends_nothing_for_the_free_slots_of_a_drained_node() {
    world.organization("drained", 1);
    create(0, aRun());

    world.drainedNode(2);

    assertThat(world.dispatch()).isZero();
  }

  private RunId create(int workspace, RunOrder order) {
    RunId run = world.create(world.workspaces().get(workspace), order);
    runs.add(run);
    return run;
  }

  /// Brings the run behind its plan, past all that waits.
  private void plan(RunId run) {
    RunWorld.Command plan = plan(world.run(run));
    world.builds().ended(world.claim(plan, "worker-1").orElseThrow().finished(true));
  }

  private static RunWorld.Command plan(Run run) {
    return new RunWorld.Command(run.id(), run.planId().value(), Phase.PLAN);
  }

  private List<String> sentAfter(int before) {
    List<String> sent = world.sent();
    return sent.subList(before, sent.size());
  }
}
