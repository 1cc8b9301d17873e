package io.terrarium.buildworker;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A real broker and a small server that stands for atlas, for real workers between them.
final class WorkerFixture implements AutoCloseable {
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final Path directory;
  private final DataDirectory data;
  private final EmbeddedBroker server;
  private final Platform platform;
  private final HttpService atlas;
  private final Broker broker;

  /// @param answers what atlas says, but for hops, which it takes
  WorkerFixture(Path directory, Consumer<Api> answers) {
    this.directory = directory;
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    platform = Platform.start();
    atlas =
        HttpService.start(
            platform.vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              answers.accept(api);
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
    broker = Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST);
  }

  /// A worker with one slot.
  BuildWorker worker() {
    return BuildWorker.start(config(), platform);
  }

  /// Has a worker told to plan.
  void deliver(String phase) throws IOException {
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

  /// How many plans nobody has taken.
  long waiting() {
    return depth(BuildTopology.PLAN_QUEUE);
  }

  long depth(String queue) {
    return broker.depth(queue);
  }

  Clock clock() {
    return platform.clock();
  }

  @Override
  public void close() {
    broker.close();
    atlas.close();
    platform.close();
    server.close();
    data.close();
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
