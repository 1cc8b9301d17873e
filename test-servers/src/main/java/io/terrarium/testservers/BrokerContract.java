package io.terrarium.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.AmqpFault;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.AmqpTopology;
import io.terrarium.kernel.amqp.AmqpTopology.Binding;
import io.terrarium.kernel.amqp.AmqpTopology.Exchange;
import io.terrarium.kernel.amqp.AmqpTopology.Kind;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of its message broker while nobody restarts it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BrokerContract {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String EXCHANGE = "it.direct";
  private static final String QUEUE = "it.work";
  private static final String URGENT = "it.urgent";
  private static final String DEAD = "it.dead";
  private static final String FANOUT = "it.fanout";
  private static final AmqpTopology TOPOLOGY =
      new AmqpTopology(
          List.of(new Exchange(EXCHANGE, Kind.DIRECT), new Exchange(FANOUT, Kind.FANOUT)),
          List.of(QUEUE, URGENT),
          List.of(new Binding(EXCHANGE, QUEUE, QUEUE), new Binding(EXCHANGE, URGENT, URGENT)),
          DEAD);

  private final Parts parts = new Parts("broker suite");
  private BackingServer<AmqpConfig> server;
  private Broker broker;

  /// A broker for this suite.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<AmqpConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  @BeforeEach
  void open() {
    broker = Broker.open(server.config(), "broker-it", TOPOLOGY, Clock.systemUTC(), LONGEST);
    drain(QUEUE);
    drain(URGENT);
    drain(DEAD);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Nested
  class A_published_message {
    @Test
    void is_delivered_as_it_was() {
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      AmqpMessage message =
          AmqpMessage.json("{}".getBytes(UTF_8), "test", "m-1")
              .with(Map.of("traceparent", "00-1"))
              .correlatedTo("c-1");

      broker.publish(EXCHANGE, QUEUE, message);
      try (AmqpConsumer _ = broker.consume(QUEUE, 1, Mail.settling(taken))) {
        Eventually.until("the first delivery", () -> taken.size() == 1);
      }

      AmqpMessage delivered = taken.element().message();
      assertThat(delivered).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void is_confirmed_to_each_of_many_publishers() {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 200; i++) {
          String id = "m-" + i;
          threads.execute(() -> broker.publish(EXCHANGE, QUEUE, Mail.of(id)));
        }
      }

      assertThat(broker.depth(QUEUE)).isEqualTo(200);
      assertThat(broker.report().queues())
          .extracting(Broker.Standing::queue, Broker.Standing::messages)
          .containsExactly(tuple(QUEUE, 200L), tuple(URGENT, 0L), tuple(DEAD, 0L));
    }

    @Test
    void is_a_fault_when_no_queue_takes_it() {
      assertThatThrownBy(() -> broker.publish(EXCHANGE, "nowhere", Mail.of("m-1")))
          .isInstanceOf(AmqpFault.class)
          .hasMessageContaining("it.direct/nowhere");
      broker.publish(EXCHANGE, QUEUE, Mail.of("m-2"));
    }

    @Test
    void is_a_fault_when_there_is_no_exchange() {
      assertThatThrownBy(() -> broker.publish("it.absent", "x", Mail.of("m-1")))
          .isInstanceOf(AmqpFault.class);
      Eventually.until(
          "a channel that publishes again", () -> Mail.isPublished(broker, EXCHANGE, QUEUE, "m-2"));
    }
  }

  @Nested
  class A_delivery {
    @Test
    void comes_again_when_its_handler_has_no_memory_left() {
      assertComesAgainAfter(_ -> {
        throw new OutOfMemoryError("of the test");
      });
    }

    @Test
    void comes_again_when_it_is_requeued() {
      assertComesAgainAfter(Delivery::requeue);
    }

    private void assertComesAgainAfter(Consumer<Delivery> first) {
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      broker.publish(EXCHANGE, QUEUE, Mail.of("m-1"));

      try (AmqpConsumer _ =
          broker.consume(
              QUEUE,
              1,
              delivery -> {
                taken.add(delivery);
                if (taken.size() == 1) {
                  first.accept(delivery);
                } else {
                  delivery.ack();
                }
              })) {
        Eventually.until("the message a second time", () -> taken.size() == 2);
      }
    }

    @Test
    void comes_again_when_its_consumer_is_closed() {
      Queue<Delivery> kept = new ConcurrentLinkedQueue<>();
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      broker.publish(EXCHANGE, QUEUE, Mail.of("m-1"));
      AmqpConsumer first = broker.consume(QUEUE, 1, kept::add);
      Eventually.until("a delivery that is kept", () -> kept.size() == 1);

      first.close();
      kept.element().ack();

      try (AmqpConsumer _ = broker.consume(QUEUE, 1, Mail.settling(taken))) {
        Eventually.until("the first delivery", () -> taken.size() == 1);
      }
    }

    @Test
    void is_parked_with_its_reason_when_its_handler_fails() {
      Queue<Delivery> dead = new ConcurrentLinkedQueue<>();
      broker.publish(EXCHANGE, QUEUE, Mail.of("m-1"));

      try (AmqpConsumer _ =
              broker.consume(
                  QUEUE,
                  1,
                  _ -> {
                    throw new IllegalArgumentException("unknown kind");
                  });
          AmqpConsumer _ = broker.consume(DEAD, 1, Mail.settling(dead))) {
        Eventually.until("a dead letter", () -> dead.size() == 1);
      }

      assertThat(dead.element().message().messageId()).isEqualTo("m-1");
      assertThat(dead.element().message().headers())
          .containsEntry("x-original-queue", QUEUE)
          .hasEntrySatisfying("x-reason", reason -> assertThat(reason).contains("unknown kind"))
          .containsKey("x-first-death");
    }

    @Test
    void never_exceeds_the_prefetch() {
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < 5; i++) {
        broker.publish(EXCHANGE, QUEUE, Mail.of("m-" + i));
      }

      try (AmqpConsumer _ = broker.consume(QUEUE, 2, taken::add)) {
        Eventually.until("the second delivery", () -> taken.size() == 2);
        taken.element().ack();
        Eventually.until("the third delivery", () -> taken.size() == 3);
      }

      assertThat(taken).hasSize(3);
    }
  }

  @Nested
  class A_queue_of_its_own_for_each_priority {
    @Test
    void lets_the_urgent_pass_while_nobody_has_room_for_the_rest() {
      Queue<Delivery> held = new ConcurrentLinkedQueue<>();
      Queue<Delivery> urgent = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < 3; i++) {
        broker.publish(EXCHANGE, QUEUE, Mail.of("m-" + i));
      }

      try (AmqpConsumer _ = broker.consume(QUEUE, 1, held::add);
          AmqpConsumer _ = broker.consume(URGENT, 1, Mail.settling(urgent))) {
        Eventually.until("one that is held", () -> held.size() == 1);
        broker.publish(EXCHANGE, URGENT, Mail.of("urgent"));
        Eventually.until("the urgent one", () -> urgent.size() == 1);
      }

      assertThat(held).hasSize(1);
    }
  }

  @Nested
  class A_suspended_consumer {
    @Test
    void takes_messages_only_after_it_was_resumed() {
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      try (AmqpConsumer consumer = broker.consume(QUEUE, 1, Mail.settling(taken))) {
        broker.publish(EXCHANGE, QUEUE, Mail.of("m-1"));
        Eventually.until("the first delivery", () -> taken.size() == 1);

        consumer.suspend();
        broker.publish(EXCHANGE, QUEUE, Mail.of("m-2"));
        Eventually.until("a message that nobody takes", () -> broker.depth(QUEUE) == 1);
        assertThat(taken).hasSize(1);

        consumer.resume();
        Eventually.until("the second delivery", () -> taken.size() == 2);
      }
    }
  }

  @Nested
  class A_listener {
    @Test
    void hears_what_is_announced_as_do_all_others() {
      Queue<Delivery> one = new ConcurrentLinkedQueue<>();
      Queue<Delivery> two = new ConcurrentLinkedQueue<>();
      broker.announce(FANOUT, Mail.of("unheard"));

      try (AmqpConsumer _ = broker.listen(FANOUT, 10, Mail.settling(one));
          AmqpConsumer _ = broker.listen(FANOUT, 10, Mail.settling(two))) {
        Eventually.until(
            "an announcement to both",
            () -> {
              broker.announce(FANOUT, Mail.of("m"));
              return !one.isEmpty() && !two.isEmpty();
            });
      }

      assertThat(one).allMatch(delivery -> "m".equals(delivery.message().messageId()));
    }
  }

  private void drain(String queue) {
    try (AmqpConsumer _ = broker.consume(queue, 100, Delivery::ack)) {
      Eventually.until("an empty queue", () -> broker.depth(queue) == 0);
    }
  }
}
