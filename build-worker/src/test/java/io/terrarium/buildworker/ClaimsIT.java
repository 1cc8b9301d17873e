package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker between a real broker and a small server that stands for atlas.
class ClaimsIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String PHASE = "plan-1";
  private static final LinkedBlockingQueue<Claims.Request> CLAIMS = new LinkedBlockingQueue<>();
  private static final LinkedBlockingQueue<Integer> ANSWERS = new LinkedBlockingQueue<>();

  private static final AtomicReference<WorkerOrders.Intake> ORDERS =
      new AtomicReference<>(WorkerOrders.Intake.OPEN);

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static EmbeddedBroker server;
  private static Platform platform;
  private static HttpService atlas;
  private static Broker broker;
  private static BuildWorker worker;

  @BeforeAll
  static void start() {
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    platform = Platform.start();
    atlas =
        HttpService.start(
            platform.vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(InternalApi.CLAIM, ClaimsIT::answer);
              api.post(
                  InternalApi.WORKERS,
                  _ -> Reply.json(200, new WorkerOrders(WorkerOrders.VERSION, ORDERS.get())));
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
    broker = Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST);
    worker = BuildWorker.start(config(), platform);
  }

  @AfterAll
  static void stop() {
    worker.close();
    broker.close();
    atlas.close();
    platform.close();
    server.close();
    data.close();
  }

  private static Reply answer(Call call) {
    CLAIMS.add(call.json(Claims.Request.class));
    return Reply.json(Objects.requireNonNull(ANSWERS.poll()), Map.of());
  }

  @Test
  void a_worker_that_has_heard_no_answer_asks_again_for_the_same_delivery_alone() throws Exception {
    ANSWERS.addAll(List.of(502, 503, 410, 410));

    deliver();
    Claims.Request first = next();
    Claims.Request second = next();
    Claims.Request third = next();
    deliver();
    Claims.Request ofAnotherDelivery = next();

    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(ofAnotherDelivery.worker()).isEqualTo(first.worker());
    assertThat(ofAnotherDelivery.delivery()).isNotEqualTo(first.delivery());
  }

  private static Claims.Request next() throws InterruptedException {
    Claims.Request claim = CLAIMS.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
    return Objects.requireNonNull(claim, "the worker asks for the phase");
  }

  private static void deliver() throws Exception {
    BuildCommand command =
        new BuildCommand(
            BuildCommand.VERSION,
            new RunId("run-1"),
            Phase.PLAN,
            PHASE,
            Priority.PLAN,
            1,
            new BuildCommand.Limits(0, 0, 60));
    broker.publish(
        BuildTopology.EXCHANGE,
        BuildTopology.PLAN_QUEUE,
        AmqpMessage.json(Json.SNAKE.writeValueAsBytes(command), "build_command", PHASE));
  }

  private static AmqpConfig amqp() {
    return new AmqpConfig(
        server.host(),
        server.port(),
        server.username(),
        server.password(),
        EmbeddedBroker.VIRTUAL_HOST,
        false);
  }

  private static BuildWorkerConfig config() {
    return new BuildWorkerConfig(
        HttpAddress.loopback(0),
        "node",
        amqp(),
        URI.create("http://127.0.0.1:" + atlas.port()),
        URI.create("https://127.0.0.1:8443"),
        new Secret("internal token"),
        directory.resolve("work"),
        List.of(),
        Optional.empty(),
        directory.resolve("terraform"),
        Optional.empty(),
        Optional.empty(),
        1,
        0,
        0,
        Map.of());
  }
}
