package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Reply;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker, whose one build fails at once, and whose outcome nobody carries to atlas.
class OutcomeIT {
  @TempDir private Path directory;
  private final AtomicInteger beats = new AtomicInteger();
  private final AtomicBoolean isTaken = new AtomicBoolean();
  private WorkerFixture node;
  private BuildWorker worker;

  @BeforeEach
  void start() {
    node = new WorkerFixture(directory, this::mount);
    worker = node.worker();
  }

  @AfterEach
  void stop() {
    worker.close();
    node.close();
  }

  private void mount(Api api) {
    api.post(InternalApi.CLAIM, _ -> Reply.json(200, Grants.plan("plan-1", 1)));
    api.post(
        InternalApi.BEAT,
        _ -> {
          beats.incrementAndGet();
          return isTaken.get()
              ? Reply.of(409)
              : Reply.json(200, new Claims.Renewed(1, Claims.Wish.CONTINUE));
        });
    api.post(
        InternalApi.WORKERS,
        _ -> Reply.json(200, new WorkerOrders(WorkerOrders.VERSION, WorkerOrders.Intake.OPEN)));
    api.get("/object/slug", _ -> Reply.of(404));
    api.post("/log", Grants::append);
    api.otherwise("/*", _ -> Reply.noContent());
  }

  private void awaitBeats(int more) {
    int before = beats.get();
    Eventually.until(
        () -> "beats, of which there are " + beats, () -> beats.get() >= before + more);
  }

  @Test
  void keeps_its_claim_until_atlas_has_it_and_holds_no_slot_meanwhile() throws Exception {
    node.deliver("plan-1");
    Eventually.until("an outcome at the broker", () -> node.depth(BuildTopology.EVENT_QUEUE) == 1);

    awaitBeats(3);
    node.deliver("plan-1");
    Eventually.until("another build", () -> node.depth(BuildTopology.EVENT_QUEUE) == 2);
    isTaken.set(true);
    awaitBeats(2);

    assertThat(node.waiting()).isZero();
  }
}
