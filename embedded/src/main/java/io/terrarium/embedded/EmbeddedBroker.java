package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.runtime.Program;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHost;
import org.apache.qpid.server.model.VirtualHostNode;
import org.jspecify.annotations.Nullable;

/// An AMQP 0-9-1 broker inside this process; its messages survive a kill.
public final class EmbeddedBroker implements AutoCloseable {
  public static final int PREFERRED_PORT = 5672;
  public static final String VIRTUAL_HOST = "/";

  private final SystemLauncher launcher;
  private final StartupReport report;
  private final BrokerPlace place;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(SystemLauncher launcher, StartupReport report, BrokerPlace place) {
    this.launcher = launcher;
    this.report = report;
    this.place = place;
  }

  /// Starts the broker on the messages of before.
  public static EmbeddedBroker start(DataDirectory data) {
    return start(BrokerPlace.of(data));
  }

  static void main(String[] args) {
    // It stops by a shutdown hook of its own and must not be stopped by two.
    Program.serve(
        "broker",
        BrokerPlace::from,
        (place, _) -> {
          start(place);
          return () -> {};
        });
  }

  static EmbeddedBroker start(BrokerPlace place) {
    Path directory = PrivateFile.directory(place.directory());
    Path settings = directory.resolve("broker.json");
    PrivateFile.write(
        settings,
        BrokerSettings.json(
            place.port(),
            place.username(),
            place.password(),
            PrivateFile.directory(directory.resolve("messages"))));
    StartupReport report = new StartupReport();
    SystemLauncher launcher = new SystemLauncher(report);
    EmbeddedBroker broker = new EmbeddedBroker(launcher, report, place);
    try {
      launcher.startup(
          Map.of(
              "type",
              "Memory",
              "initialConfigurationLocation",
              settings.toUri().toString(),
              "startupLoggedToSystemOut",
              "false",
              "context",
              Map.of("qpid.work_dir", directory.toString())));
      report.rethrowFailure();
      broker.checkActive();
      return broker;
    } catch (Exception e) {
      broker.close();
      throw new EmbeddedFault("cannot start the AMQP broker on port " + place.port(), e);
    }
  }

  public String host() {
    return place.host();
  }

  public int port() {
    return place.port();
  }

  public String username() {
    return place.username();
  }

  public Secret password() {
    return place.password();
  }

  /// How many messages each queue holds, delivered but unacknowledged ones included.
  public Map<String, Long> depths() {
    Map<String, Long> depths = new TreeMap<>();
    for (Queue<?> queue : queues()) {
      depths.put(queue.getName(), (long) queue.getQueueDepthMessages());
    }
    return depths;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      launcher.shutdown();
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Collection<Queue<?>> queues() {
    return (Collection) virtualHost().getChildren(Queue.class);
  }

  private VirtualHost<?> virtualHost() {
    Broker<?> broker = (Broker<?>) report.system().getContainer();
    for (VirtualHostNode<?> node : broker.getVirtualHostNodes()) {
      @Nullable VirtualHost<?> host = node.getVirtualHost();
      if (host != null) {
        return host;
      }
    }
    throw new EmbeddedFault("the AMQP broker's messages cannot be read: see the log");
  }

  /// A broken store or a taken port leaves the broker itself running, without a word.
  private void checkActive() {
    if (virtualHost().getState() != State.ACTIVE) {
      throw new EmbeddedFault("the AMQP broker's messages cannot be read: see the log");
    }
    Broker<?> broker = (Broker<?>) report.system().getContainer();
    if (broker.getPorts().stream().anyMatch(p -> p.getState() != State.ACTIVE)) {
      throw new EmbeddedFault(
          "port %d is taken: stop the program that uses it".formatted(place.port()));
    }
  }

  /// What the launcher tells of its start, since it returns normally from a failed one.
  private static final class StartupReport implements SystemLauncherListener {
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable SystemConfig<?> system;

    SystemConfig<?> system() {
      SystemConfig<?> resolved = system;
      if (resolved == null) {
        throw new EmbeddedFault("the AMQP broker did not start: see the log");
      }
      return resolved;
    }

    void rethrowFailure() {
      RuntimeException cause = failure;
      if (cause != null) {
        throw cause;
      }
    }

    @Override
    public void beforeStartup() {}

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure = e;
    }

    @Override
    public void afterStartup() {}

    @Override
    public void onContainerResolve(SystemConfig<?> systemConfig) {
      system = systemConfig;
    }

    @Override
    public void onContainerClose(SystemConfig<?> systemConfig) {}

    @Override
    public void onShutdown(int exitCode) {}

    @Override
    public void exceptionOnShutdown(Exception e) {
      failure = new EmbeddedFault("the AMQP broker did not stop in good order", e);
    }
  }
}
