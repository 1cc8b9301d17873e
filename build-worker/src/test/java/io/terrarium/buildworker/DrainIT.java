package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker on a node that is drained, by the word of a small server that stands for atlas.
class DrainIT {
  @TempDir private Path directory;
  private final Queue<WorkerBeat> beats = new ConcurrentLinkedQueue<>();
  private final Queue<String> claims = new ConcurrentLinkedQueue<>();
  private volatile WorkerOrders.Intake orders = WorkerOrders.Intake.OPEN;
  private volatile boolean isHeldByAnother;
  private WorkerFixture node;

  @BeforeEach
  void start() {
    node =
        new WorkerFixture(
            directory,
            api -> {
              api.post(InternalApi.CLAIM, this::claim);
              api.post(InternalApi.WORKERS, this::beat);
            });
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Reply claim(Call call) {
    claims.add(call.path("phase_id"));
    return isHeldByAnother
        ? Reply.json(409, new Claims.Held(1, node.clock().instant().plus(Duration.ofDays(1))))
        : Reply.json(410, Map.of());
  }

  private Reply beat(Call call) {
    beats.add(call.json(WorkerBeat.class));
    return Reply.json(200, new WorkerOrders(WorkerOrders.VERSION, orders));
  }

  private void awaitBeat(String what, boolean draining, int free) {
    beats.clear();
    Eventually.until(
        () -> what + ": " + beats,
        () -> beats.stream().anyMatch(one -> one.draining() == draining && one.free() == free));
  }

  @Test
  void a_worker_that_starts_on_a_drained_node_begins_once_the_node_is_back() throws Exception {
    orders = WorkerOrders.Intake.DRAIN;
    node.deliver("plan-1");
    try (BuildWorker _ = node.worker()) {
      awaitBeat("it drains", true, 1);
      List<String> whileDrained = List.copyOf(claims);

      orders = WorkerOrders.Intake.OPEN;

      Eventually.until("the phase is claimed", () -> claims.contains("plan-1"));
      assertThat(whileDrained).isEmpty();
    }
  }

  @Test
  void a_worker_that_has_heard_of_the_drain_takes_nothing_again_whatever_it_hears()
      throws Exception {
    try (BuildWorker _ = node.worker()) {
      node.deliver("plan-1");
      Eventually.until("it takes builds", () -> claims.contains("plan-1"));
      orders = WorkerOrders.Intake.DRAIN;
      awaitBeat("it drains", true, 1);

      orders = WorkerOrders.Intake.OPEN;
      node.deliver("plan-2");
      awaitBeat("it drains on", true, 1);
      awaitBeat("and on", true, 1);

      assertThat(claims).doesNotContain("plan-2");
      assertThat(node.waiting()).isEqualTo(1);
    }
  }

  @Test
  void a_command_that_waits_for_the_claim_of_another_worker_goes_back_to_its_queue()
      throws Exception {
    isHeldByAnother = true;
    try (BuildWorker _ = node.worker()) {
      node.deliver("plan-1");
      Eventually.until("it meets the claim", () -> claims.contains("plan-1"));

      orders = WorkerOrders.Intake.DRAIN;

      awaitBeat("it drains", true, 1);
      // Another one's now, who need not wait for this worker to end.
      try (BuildWorker other = other()) {
        claims.clear();
        Eventually.until("another worker asks for it", () -> claims.contains("plan-1"));
        assertThat(other.port()).isPositive();
      }
    }
  }

  private BuildWorker other() {
    orders = WorkerOrders.Intake.OPEN;
    return node.worker();
  }
}
