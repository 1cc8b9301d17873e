package io.terrarium.kernel.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one connection up: makes it, declares the topology on it, subscribes the consumers, and
/// does all of it again when the connection, a channel or a queue is lost.
final class ConnectionKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionKeeper.class);
  private static final int HEARTBEAT_SECONDS = 10;
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int CLOSE_MILLIS_MAX = 2_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final ConnectionFactory factory;
  private final String name;
  private final TopologyDeclaration topology;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<AmqpConsumer> consumers = new CopyOnWriteArrayList<>();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("amqp-keeper").unstarted(this::run);
  private volatile boolean isClosed;
  private boolean isAway;
  private @Nullable Connection connection;
  private @Nullable PublishChannel publisher;
  private @Nullable Exception lastProblem;

  ConnectionKeeper(AmqpConfig config, String name, TopologyDeclaration topology) {
    this.name = name;
    this.topology = topology;
    this.factory = factory(config, executor);
  }

  void start(Duration longest) {
    thread.start();
    try {
      connection(longest);
    } catch (AmqpFault fault) {
      close();
      throw fault;
    }
  }

  /// Looks at once what has to be made again.
  void wake() {
    news.release();
  }

  AmqpConsumer add(AmqpConsumer consumer) {
    consumers.add(consumer);
    wake();
    return consumer;
  }

  /// The connection with the topology declared on it; waits for it at most `longest`.
  synchronized Connection connection(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (connection == null || !connection.isOpen()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0 || isClosed) {
        String reason = lastProblem == null ? "" : ": " + lastProblem.getMessage();
        throw new AmqpFault("amqp: the broker is away" + reason, lastProblem);
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AmqpFault("amqp: interrupted while waiting for the broker", e);
      }
    }
    return connection;
  }

  synchronized PublishChannel publisher(Duration longest) {
    Connection open = connection(longest);
    PublishChannel last = publisher;
    if (last != null && last.isOpen()) {
      return last;
    }
    try {
      PublishChannel fresh = PublishChannel.open(open);
      publisher = fresh;
      return fresh;
    } catch (IOException | ShutdownSignalException e) {
      throw new AmqpFault("amqp: cannot open a channel: " + e.getMessage(), e);
    }
  }

  Channel channel(Duration longest) {
    try {
      return connection(longest)
          .openChannel()
          .orElseThrow(() -> new AmqpFault("amqp: no channel is free", null));
    } catch (IOException | ShutdownSignalException e) {
      throw new AmqpFault("amqp: cannot open a channel: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    consumers.forEach(AmqpConsumer::close);
    Connection last;
    synchronized (this) {
      last = connection;
      connection = null;
      notifyAll();
    }
    if (last != null) {
      last.abort(CLOSE_MILLIS_MAX);
    }
    executor.shutdown();
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!isClosed) {
        if (maintain()) {
          pause = FIRST_PAUSE;
          news.acquire();
        } else {
          Thread.sleep(pause);
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Makes again what is missing; false when that failed and must be tried later.
  private boolean maintain() {
    try {
      Connection open = reconnect();
      consumers.removeIf(AmqpConsumer::isClosed);
      if (!consumers.stream().allMatch(AmqpConsumer::isSettled)) {
        topology.declare(open);
        for (AmqpConsumer consumer : consumers) {
          consumer.subscribe(open);
        }
      }
      isAway = false;
      return true;
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      noteAway(e);
      return false;
    }
  }

  private Connection reconnect() throws IOException, TimeoutException {
    Connection last;
    synchronized (this) {
      last = connection;
    }
    if (last != null && last.isOpen()) {
      return last;
    }
    Connection fresh = factory.newConnection(executor, name);
    try {
      topology.declare(fresh);
    } catch (IOException | RuntimeException e) {
      fresh.abort(CLOSE_MILLIS_MAX);
      throw e;
    }
    fresh.addShutdownListener(_ -> wake());
    synchronized (this) {
      if (isClosed) {
        fresh.abort(CLOSE_MILLIS_MAX);
      }
      connection = fresh;
      publisher = null;
      notifyAll();
    }
    if (isAway) {
      LOG.atInfo().addKeyValue("connection", name).log("message broker is back");
    }
    return fresh;
  }

  private void noteAway(Exception problem) {
    synchronized (this) {
      lastProblem = problem;
    }
    if (!isAway && !isClosed) {
      isAway = true;
      LOG.atWarn()
          .addKeyValue("connection", name)
          .addKeyValue("reason", String.valueOf(problem.getMessage()))
          .log("message broker is away, messages wait");
    }
  }

  static ConnectionFactory factory(AmqpConfig config, ExecutorService executor) {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(config.host());
    factory.setPort(config.port());
    factory.setUsername(config.user());
    factory.setPassword(config.password().value());
    factory.setVirtualHost(config.vhost());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setConnectionTimeout(CONNECT_MILLIS_MAX);
    factory.setChannelRpcTimeout((int) TimeUnit.SECONDS.toMillis(15));
    factory.setSharedExecutor(executor);
    factory.setThreadFactory(Thread.ofVirtual().name("amqp-", 0).factory());
    if (config.tls()) {
      factory.useSslProtocol(config.trust().context());
      factory.enableHostnameVerification();
    }
    return factory;
  }
}
