package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerBeat;
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
import io.terrarium.testsupport.Eventually;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker on a node that is drained, by the word of a small server that stands for atlas.
class DrainIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Queue<WorkerBeat> beats = new ConcurrentLinkedQueue<>();
  private final Queue<String> claims = new ConcurrentLinkedQueue<>();
  private volatile WorkerOrders.Intake orders = WorkerOrders.Intake.OPEN;
  private volatile boolean isHeldByAnother;
  private DataDirectory data;
  private EmbeddedBroker server;
  private Platform platform;
  private HttpService atlas;
  private Broker broker;

  @BeforeEach
  void start() {
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    platform = Platform.start();
    atlas =
        HttpService.start(
            platform.vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(InternalApi.CLAIM, this::claim);
              api.post(InternalApi.WORKERS, this::beat);
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
    broker = Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST);
  }

  @AfterEach
  void stop() {
    broker.close();
    atlas.close();
    platform.close();
    server.close();
    data.close();
  }

  private Reply claim(Call call) {
    claims.add(call.path("phase_id"));
    return isHeldByAnother
        ? Reply.json(409, new Claims.Held(1, platform.clock().instant().plus(Duration.ofDays(1))))
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
    deliver("plan-1");
    try (BuildWorker _ = BuildWorker.start(config(), platform)) {
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
    try (BuildWorker _ = BuildWorker.start(config(), platform)) {
      deliver("plan-1");
      Eventually.until("it takes builds", () -> claims.contains("plan-1"));
      orders = WorkerOrders.Intake.DRAIN;
      awaitBeat("it drains", true, 1);

      orders = WorkerOrders.Intake.OPEN;
      deliver("plan-2");
      awaitBeat("it drains on", true, 1);
      awaitBeat("and on", true, 1);

      assertThat(claims).doesNotContain("plan-2");
      assertThat(broker.depth(BuildTopology.PLAN_QUEUE)).isEqualTo(1);
    }
  }

  @Test
  void a_command_that_waits_for_the_claim_of_another_worker_goes_back_to_its_queue()
      throws Exception {
    isHeldByAnother = true;
    try (BuildWorker _ = BuildWorker.start(config(), platform)) {
      deliver("plan-1");
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
    return BuildWorker.start(config(), platform);
  }

  private void deliver(String phase) throws Exception {
    BuildCommand command =
        new BuildCommand(
            BuildCommand.VERSION,
            new RunId("run-1"),
            Phase.PLAN,
            phase,
            Priority.PLAN,
            1,
            new BuildCommand.Limits(0, 0, 60));
    broker.publish(
        BuildTopology.EXCHANGE,
        BuildTopology.PLAN_QUEUE,
        AmqpMessage.json(Json.SNAKE.writeValueAsBytes(command), "build_command", phase));
  }

  private AmqpConfig amqp() {
    return new AmqpConfig(
        server.host(),
        server.port(),
        server.username(),
        server.password(),
        EmbeddedBroker.VIRTUAL_HOST,
        false);
  }

  private BuildWorkerConfig config() {
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
