package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// A mesh, one process for each service, any of which can be made to die, to wait, or to stand
/// still.
final class FaultTrial implements AutoCloseable {
  static final String ORGANIZATION = "faults";

  private final Path directory;
  private final Faults faults;
  private final MeshProcess mesh;
  private final Site site;
  private final Tried tried;

  FaultTrial(Path directory) {
    this.directory = directory;
    faults = new Faults(directory);
    mesh =
        MeshProcess.separate(
            directory,
            faults.environment(),
            "--terraform",
            MeshFixture.terraform().toString(),
            "--outbound-allow",
            "127.0.0.1/32");
    try {
      mesh.awaitUp();
      site = mesh.firstSite();
      site.organization(ORGANIZATION);
      tried = another("tried");
    } catch (RuntimeException | AssertionError e) {
      mesh.close();
      throw e;
    }
  }

  Faults faults() {
    return faults;
  }

  Site site() {
    return site;
  }

  /// The workspace that is tried.
  Tried tried() {
    return tried;
  }

  /// One more.
  Tried another(String name) {
    return new Tried(site, ORGANIZATION, name);
  }

  /// The points that a run passes, and that a mesh with nothing to do does not.
  Map<FaultPoint, Integer> pointsOfRun() {
    return pointsOf(() -> {
      tried.ended(tried.newRun());
      tried.awaitParsed();
    });
  }

  /// The points that `work` passes, with what follows when it has ended.
  Map<FaultPoint, Integer> pointsOf(Runnable work) {
    work.run();
    rest();
    Map<FaultPoint, Integer> idle = faults.passed(() -> FaultTrial.pass(15_000));
    Map<FaultPoint, Integer> busy =
        new LinkedHashMap<>(
            faults.passed(() -> {
              work.run();
              rest();
            }));
    busy.keySet().removeAll(idle.keySet());
    return busy;
  }

  /// Lets come what follows when somebody's work has ended.
  static void rest() {
    pass(1_000);
  }

  /// `kill -9` of a service or of a server; its supervisor starts another.
  void kill(String name) {
    Processes.kill(mesh.processOf(name));
  }

  /// The same, unless it has died just now.
  boolean killIfThere(String name) {
    try {
      kill(name);
      return true;
    } catch (RuntimeException | AssertionError gone) {
      return false;
    }
  }

  /// A signal to the process of a service or of a server.
  void signal(String signal, String name) {
    ProcessHandle process = mesh.processOf(name);
    if (name.equals("postgres")) {
      // It is several processes, and each answers by itself.
      process.children().forEach(child -> Interrupts.send(signal, child.pid()));
    }
    Interrupts.send(signal, process.pid());
  }

  /// Fails if a message lies among the dead without a reason.
  void assertNothingDead() throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(ports().path("broker").asInt());
    factory.setVirtualHost(EmbeddedBroker.VIRTUAL_HOST);
    factory.setUsername("terrarium");
    factory.setPassword(site.secret("broker_password"));
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      GetResponse dead = channel.basicGet(BuildTopology.DEAD_LETTER_QUEUE, true);
      while (dead != null) {
        assertThat(dead.getProps().getHeaders()).containsKey("x-reason");
        dead = channel.basicGet(BuildTopology.DEAD_LETTER_QUEUE, true);
      }
    }
  }

  private JsonNode ports() throws IOException {
    return Json.SNAKE.readTree(directory.resolve("data").resolve("ports.json").toFile());
  }

  /// Lets time pass, where nothing else tells that it has.
  static void pass(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    Eventually.until("the time", () -> System.nanoTime() > end);
  }

  @Override
  public void close() {
    faults.disarm();
    mesh.close();
    tried.close();
  }
}
