package io.terrarium.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random sequences of whatever people, workers and timers may do, in any order, some of it twice.
class RunMachineIT {
  private static final int STEPS = 250;
  private static final int SLOTS = 3;

  @TempDir private static Path directory;
  private static RunWorld world;

  @BeforeAll
  static void start() {
    world = new RunWorld(directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /// A claim of the test's worker.
  private record Claimed(RunWorld.Command command, int attempt) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void holds_its_promises_whatever_happens_in_which_order(long seed) {
    Random random = new Random(seed);
    world.workspaces().clear();
    world.organization("random-a-" + seed, 2);
    world.organization("random-b-" + seed, 1);
    List<RunId> runs = new ArrayList<>();
    List<Claimed> claimed = new ArrayList<>();

    for (int step = 0; step < STEPS; step++) {
      act(random, runs, claimed);
      assertPromises();
    }
    bringToAnEnd(runs, claimed);

    assertThat(runs.stream().map(id -> world.run(id).status()).filter(s -> !s.isFinal())).isEmpty();
    assertThat(count("SELECT count(*) FROM workspaces WHERE locked_by_id IS NOT NULL")).isZero();
    assertPromises();
  }

  @Test
  void takes_the_failure_of_an_automatic_apply_only_once_clients_have_seen_the_plan() {
    world.workspaces().clear();
    world.organization("fails-at-once", 1);
    RunId run = world.create(world.workspaces().getFirst(), false, true);
    Claimed plan = claimed(run);
    world.builds().ended(RunWorld.planFinished(run, plan.command().phaseId(), 1, true));
    Claimed apply = claimed(run);
    BuildEvent failure = RunWorld.errored(run, Phase.APPLY, apply.command().phaseId(), 1);

    assertThatThrownBy(() -> world.builds().ended(failure)).isInstanceOf(Fault.Unavailable.class);

    assertThat(world.run(run).status()).isEqualTo(RunStatus.APPLYING);
    world.clock().advance(Duration.ofSeconds(4));
    world.builds().ended(failure);
    assertThat(world.run(run).status()).isEqualTo(RunStatus.ERRORED);
  }

  /// The run's next phase, at a worker.
  private Claimed claimed(RunId run) {
    world.freeSlots(SLOTS, SLOTS);
    world.dispatch();
    RunWorld.Command command =
        world.commands().stream().filter(one -> one.run().equals(run)).findFirst().orElseThrow();
    world.builds().claim(command.phaseId(), "worker-1");
    return new Claimed(command, 1);
  }

  private void act(Random random, List<RunId> runs, List<Claimed> claimed) {
    RunWorld.Workspace workspace =
        world.workspaces().get(random.nextInt(world.workspaces().size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> runs.add(world.create(workspace, random.nextInt(4) == 0, random.nextBoolean()));
      case 2 -> world.lock(workspace);
      case 3 -> world.unlock(workspace);
      case 4 -> ifPossible(runs, random, world::cancel);
      case 5 -> ifPossible(runs, random, world::discard);
      case 6, 7 -> ifPossible(runs, random, world::confirm);
      case 8 -> dispatch(claimed);
      case 9 -> claim(random, claimed);
      default -> finish(random, claimed);
    }
  }

  private void ifPossible(
      List<RunId> runs, Random random, java.util.function.Consumer<RunId> action) {
    if (!runs.isEmpty()) {
      try {
        action.accept(runs.get(random.nextInt(runs.size())));
      } catch (Fault.Conflict notNow) {
        assertThat(notNow).hasMessageContaining("run");
      }
    }
  }

  private void dispatch(List<Claimed> claimed) {
    world.freeSlots(SLOTS, Math.max(0, SLOTS - claimed.size()));
    world.dispatch();
  }

  private void claim(Random random, List<Claimed> claimed) {
    List<RunWorld.Command> commands = world.commands();
    if (!commands.isEmpty()) {
      RunWorld.Command command = commands.get(random.nextInt(commands.size()));
      if (random.nextBoolean()) {
        world.runs().enqueued(command.run(), command.phaseId(), 1, "no such jid");
      }
      if (world.builds().claim(command.phaseId(), "worker-1")
          instanceof Builds.Answer.Granted(var granted)) {
        claimed.add(new Claimed(command, granted.attempt()));
      }
      assertThat(world.builds().claim(command.phaseId(), "worker-2"))
          .as("a second worker gets nothing")
          .isNotInstanceOf(Builds.Answer.Granted.class);
    }
  }

  private void finish(Random random, List<Claimed> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    Claimed one = claimed.remove(random.nextInt(claimed.size()));
    BuildEvent event = event(random, one);
    bring(event);
    // Messages may come twice.
    bring(event);
  }

  /// As build-manager does: what atlas does not take yet comes again.
  private void bring(BuildEvent event) {
    try {
      world.builds().ended(event);
    } catch (Fault.Unavailable later) {
      world.clock().advance(Duration.ofSeconds(5));
      world.builds().ended(event);
    }
  }

  private BuildEvent event(Random random, Claimed one) {
    RunWorld.Command command = one.command();
    boolean wished = world.run(command.run()).cancelWish() != null;
    if (wished && random.nextBoolean()) {
      return RunWorld.canceled(command.run(), command.phase(), command.phaseId(), one.attempt());
    }
    if (random.nextInt(6) == 0) {
      return RunWorld.errored(command.run(), command.phase(), command.phaseId(), one.attempt());
    }
    return command.phase() == Phase.PLAN
        ? RunWorld.planFinished(
            command.run(), command.phaseId(), one.attempt(), random.nextInt(4) != 0)
        : RunWorld.applyFinished(command.run(), command.phaseId(), one.attempt());
  }

  /// People confirm what waits for them, workers do what they are given, until nothing is left.
  private void bringToAnEnd(List<RunId> runs, List<Claimed> claimed) {
    Random random = new Random(0);
    world.workspaces().forEach(world::unlock);
    for (int round = 0; round < STEPS && anyOpen(runs); round++) {
      while (!claimed.isEmpty()) {
        finish(random, claimed);
      }
      for (RunId run : runs) {
        if (world.run(run).isConfirmable()) {
          world.confirm(run);
        }
      }
      dispatch(claimed);
      while (!world.commands().isEmpty()) {
        claim(random, claimed);
      }
    }
  }

  private boolean anyOpen(List<RunId> runs) {
    return runs.stream().anyMatch(run -> !world.run(run).status().isFinal());
  }

  private void assertPromises() {
    assertThat(count(TWO_AT_WORK)).as("workspaces with two runs at work").isZero();
    assertThat(count(AT_WORK_WITHOUT_LOCK)).as("runs at work that do not hold the lock").isZero();
    assertThat(count(OVERTAKEN)).as("runs that an older pending run was overtaken by").isZero();
    assertThat(count(MISCOUNTED)).as("counters that do not count").isZero();
    assertThat(count(OPEN_PHASES)).as("phases still open though their run has ended").isZero();
  }

  private static final String WORKING =
      "status NOT IN ('pending', 'applied', 'planned_and_finished', 'policy_soft_failed',"
          + " 'discarded', 'errored', 'canceled', 'force_canceled') AND NOT plan_only";

  private static final String TWO_AT_WORK =
      "SELECT count(*) FROM (SELECT workspace_id FROM runs WHERE "
          + WORKING
          + " GROUP BY workspace_id HAVING count(*) > 1) two";

  private static final String AT_WORK_WITHOUT_LOCK =
      "SELECT count(*) FROM runs r JOIN workspaces w ON w.id = r.workspace_id WHERE r."
          + WORKING.replace("NOT plan_only", "NOT r.plan_only")
          + " AND w.locked_by_id IS DISTINCT FROM r.external_id";

  private static final String OVERTAKEN =
      "SELECT count(*) FROM runs late JOIN runs early ON early.workspace_id = late.workspace_id AND"
          + " early.id < late.id WHERE early.status = 'pending' AND NOT early.plan_only AND NOT"
          + " late.plan_only AND jsonb_exists(late.status_timestamps, 'queuing-at')";

  private static final String MISCOUNTED =
      "SELECT count(*) FROM (SELECT workspace_id, status, operation, count(*) AS runs FROM runs"
          + " GROUP BY 1, 2, 3) real FULL JOIN (SELECT * FROM run_counters WHERE runs <> 0) counted"
          + " USING (workspace_id, status, operation) WHERE real.runs IS DISTINCT FROM counted.runs";

  private static final String OPEN_PHASES =
      "SELECT count(*) FROM phases p JOIN runs r ON r.id = p.run_id WHERE r.status IN ('applied',"
          + " 'planned_and_finished', 'discarded', 'errored', 'canceled') AND p.status IN"
          + " ('pending', 'queued', 'running')";

  private static long count(String sql) {
    return world.database().read(db -> db.createQuery(sql).mapTo(Long.class).one());
  }

  @Test
  void a_full_house_gives_applies_the_way_and_each_organization_its_share() {
    world.workspaces().clear();
    long busy = world.organization("busy", 6);
    long quiet = world.organization("quiet", 2);
    List<RunId> runs =
        world.workspaces().stream()
            .map(workspace -> world.create(workspace, false, false))
            .toList();
    world.freeSlots(2, 2);

    int released = world.dispatch();

    List<Long> organizations =
        world.commands().stream()
            .map(command -> world.run(command.run()).organizationKey())
            .toList();
    assertThat(released).isEqualTo(4);
    assertThat(organizations).containsExactlyInAnyOrder(busy, busy, quiet, quiet);
    runs.forEach(run -> ended(run));
  }

  private static void ended(RunId run) {
    world.cancel(run);
  }

  @Test
  void a_lost_plan_is_done_again_and_a_lost_apply_never() {
    world.workspaces().clear();
    world.organization("lost", 1);
    RunId run = world.create(world.workspaces().getFirst(), false, true);
    world.freeSlots(1, 1);
    world.dispatch();
    world.builds().claim(world.run(run).planId().value(), "worker-1");
    expireLeases();

    world.timers().sweep();

    assertThat(world.run(run).status()).isEqualTo(RunStatus.PLANNING);
    Builds.Answer second = world.builds().claim(world.run(run).planId().value(), "worker-2");
    assertThat(second).isInstanceOf(Builds.Answer.Granted.class);
    world.builds().ended(RunWorld.planFinished(run, world.run(run).planId().value(), 2, true));
    world.dispatch();
    world.builds().claim(world.run(run).applyId().value(), "worker-2");
    expireLeases();
    world.timers().sweep();
    assertThat(world.run(run).status()).isEqualTo(RunStatus.ERRORED);
    assertThat(world.builds().claim(world.run(run).applyId().value(), "worker-3"))
        .isInstanceOf(Builds.Answer.Over.class);
  }

  private static void expireLeases() {
    world
        .database()
        .useTransaction(db ->
            db.execute(
                "UPDATE phases SET lease_until = now() - interval '1 minute' WHERE lease_until"
                    + " IS NOT NULL"));
  }
}
