package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker between a real broker and a small server that stands for atlas.
class ClaimsIT {
  private static final String PHASE = "plan-1";
  private static final LinkedBlockingQueue<Claims.Request> CLAIMS = new LinkedBlockingQueue<>();
  private static final LinkedBlockingQueue<Integer> ANSWERS = new LinkedBlockingQueue<>();

  private static final AtomicReference<WorkerOrders.Intake> ORDERS =
      new AtomicReference<>(WorkerOrders.Intake.OPEN);

  @TempDir private static Path directory;
  private static WorkerFixture node;
  private static BuildWorker worker;

  @BeforeAll
  static void start() {
    node =
        new WorkerFixture(
            directory,
            api -> {
              api.post(InternalApi.CLAIM, ClaimsIT::answer);
              api.post(
                  InternalApi.WORKERS,
                  _ -> Reply.json(200, new WorkerOrders(WorkerOrders.VERSION, ORDERS.get())));
            });
    worker = node.worker();
  }

  @AfterAll
  static void stop() {
    worker.close();
    node.close();
  }

  private static Reply answer(Call call) {
    CLAIMS.add(call.json(Claims.Request.class));
    return Reply.json(Objects.requireNonNull(ANSWERS.poll()), Map.of());
  }

  @Test
  void a_worker_that_has_heard_no_answer_asks_again_for_the_same_delivery_alone() throws Exception {
    ANSWERS.addAll(List.of(502, 503, 410, 410));

    node.deliver(PHASE);
    Claims.Request first = next();
    Claims.Request second = next();
    Claims.Request third = next();
    node.deliver(PHASE);
    Claims.Request ofAnotherDelivery = next();

    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(ofAnotherDelivery.worker()).isEqualTo(first.worker());
    assertThat(ofAnotherDelivery.delivery()).isNotEqualTo(first.delivery());
  }

  private static Claims.Request next() throws InterruptedException {
    Claims.Request claim = CLAIMS.poll(WorkerFixture.LONGEST.toSeconds(), TimeUnit.SECONDS);
    return Objects.requireNonNull(claim, "the worker asks for the phase");
  }
}
