package io.terrarium.kernel.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.terrarium.kernel.metrics.Measured;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The message broker, over one connection that is made again whenever it is lost, topology and
/// subscriptions included.
public final class Broker implements AutoCloseable, Measured {
  private static final Duration CONFIRM_MAX = Duration.ofSeconds(15);
  private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(3);

  private final AmqpTopology topology;
  private final ConnectionKeeper keeper;
  private final InstantSource clock;
  private final Postmaster postmaster = new Office();

  // Without a registry within it, it counts nothing.
  private volatile MeterRegistry registry = new CompositeMeterRegistry();

  private Broker(AmqpTopology topology, ConnectionKeeper keeper, InstantSource clock) {
    this.topology = topology;
    this.keeper = keeper;
    this.clock = clock;
  }

  /// Connects and declares `topology`, waiting for the broker at most `longest`.
  ///
  /// @param name shown by the broker for the connection
  public static Broker open(
      AmqpConfig config,
      String name,
      AmqpTopology topology,
      InstantSource clock,
      Duration longest) {
    ConnectionKeeper keeper = new ConnectionKeeper(config, name, new TopologyDeclaration(topology));
    keeper.start(longest);
    return new Broker(topology, keeper, clock);
  }

  /// Publishes a persistent message; returns when the broker has it in a queue.
  ///
  /// @throws AmqpFault when it has not, or may not have: no connection, no queue bound, refused, or
  ///   no confirmation in time
  public void publish(String exchange, String routingKey, AmqpMessage message) {
    counted(
        routingKey.isEmpty() ? exchange : routingKey,
        publisher -> publisher.publish(exchange, routingKey, message, CONFIRM_MAX));
  }

  /// Publishes to whoever listens just now, maybe nobody; confirmed as well.
  public void announce(String exchange, AmqpMessage message) {
    counted(exchange, publisher -> publisher.announce(exchange, message, CONFIRM_MAX));
  }

  private void counted(String to, Consumer<PublishChannel> publication) {
    Traffic outcome = Traffic.UNCONFIRMED;
    try {
      publication.accept(keeper.publisher(CONNECTION_WAIT_MAX));
      outcome = Traffic.PUBLISHED;
    } finally {
      postmaster.count(to, outcome);
    }
  }

  @Override
  public void measureIn(MeterRegistry counts) {
    registry = counts;
  }

  /// Has `handler` take the messages of a queue, at most `prefetch` at once.
  public AmqpConsumer consume(String queue, int prefetch, DeliveryHandler handler) {
    return keeper.add(consumer(new AmqpConsumer.Queue(queue), prefetch, handler));
  }

  /// Has `handler` see each message of a fanout exchange from now on, by a queue that goes with the
  /// connection.
  public AmqpConsumer listen(String exchange, int prefetch, DeliveryHandler handler) {
    return keeper.add(consumer(new AmqpConsumer.Fanout(exchange), prefetch, handler));
  }

  private AmqpConsumer consumer(AmqpConsumer.Source source, int prefetch, DeliveryHandler handler) {
    return new AmqpConsumer(source, prefetch, handler, postmaster, keeper::wake);
  }

  /// How many messages wait in a queue; some brokers count those in somebody's hands too.
  public long depth(String queue) {
    try (Channel channel = keeper.channel(CONNECTION_WAIT_MAX)) {
      return channel.queueDeclarePassive(queue).getMessageCount();
    } catch (IOException | TimeoutException e) {
      throw new AmqpFault("amqp: depth of " + queue + " is unknown: " + e.getMessage(), e);
    }
  }

  /// How a queue of the topology stands.
  ///
  /// @param messages that wait; some brokers count those in somebody's hands too
  public record Standing(String queue, long messages, int consumers) {}

  /// What the broker says of itself, and how all queues of the topology stand, the one of dead
  /// letters last.
  ///
  /// @param product such as `RabbitMQ`, "" where it does not say
  public record Report(String product, List<Standing> queues) {
    public Report {
      queues = List.copyOf(queues);
    }
  }

  /// @throws AmqpFault at once while there is no connection, or when the broker does not tell
  public Report report() {
    List<Standing> queues = new ArrayList<>();
    try (Channel channel = keeper.channel(Duration.ZERO)) {
      for (String queue : topology.queues()) {
        queues.add(standing(channel, queue));
      }
      queues.add(standing(channel, topology.deadLetterQueue()));
      return new Report(TopologyDeclaration.product(channel.getConnection()), queues);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      throw new AmqpFault("amqp: the queues do not tell how they stand: " + e.getMessage(), e);
    }
  }

  private static Standing standing(Channel channel, String queue) throws IOException {
    AMQP.Queue.DeclareOk told = channel.queueDeclarePassive(queue);
    return new Standing(queue, told.getMessageCount(), told.getConsumerCount());
  }

  /// Whether the broker answers.
  public void check() {
    Connection connection = keeper.connection(Duration.ZERO);
    if (!connection.isOpen()) {
      throw new AmqpFault("amqp: not connected", null);
    }
    depth(topology.deadLetterQueue());
  }

  @Override
  public void close() {
    keeper.close();
  }

  private final class Office implements Postmaster {
    @Override
    public void park(Delivery delivery, String reason) {
      AmqpMessage message = delivery.message();
      Map<String, String> headers = new HashMap<>(message.headers());
      headers.put("x-reason", reason);
      headers.put("x-original-queue", delivery.queue());
      headers.putIfAbsent("x-first-death", clock.instant().toString());
      publish("", topology.deadLetterQueue(), message.with(headers));
      count(delivery.queue(), Traffic.PARKED);
    }

    /// Queues and exchanges are those of the topology, so there are few.
    @Override
    public void count(String queue, Traffic what) {
      registry.counter("amqp.messages", "queue", queue, "event", what.wire()).increment();
    }
  }
}
