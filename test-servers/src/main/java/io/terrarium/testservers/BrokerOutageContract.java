package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.AmqpFault;
import io.terrarium.kernel.amqp.AmqpTopology;
import io.terrarium.kernel.amqp.AmqpTopology.Binding;
import io.terrarium.kernel.amqp.AmqpTopology.Exchange;
import io.terrarium.kernel.amqp.AmqpTopology.Kind;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.redis.Pause;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of its message broker when the broker, or the way to it, breaks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BrokerOutageContract {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /// RabbitMQ 3.10 writes the name of a new replicated queue down a little later than its messages;
  /// killed before that it never serves the queue again.
  private static final Duration TO_NOTE_A_QUEUE = Duration.ofSeconds(3);

  private static final String EXCHANGE = "it.outage";
  private static final String DEAD_LETTERS = "it.outage.dead";

  private final Parts parts = new Parts("broker suite");
  private BackingServer<AmqpConfig> server;

  /// A broker for this suite, which is stopped and started again if it is ours.
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

  @Nested
  class A_lost_connection {
    private static final String QUEUE = "it.outage.lost-connection";

    @Test
    void brings_what_was_unsettled_again_and_is_made_again_for_publishers_and_consumers() {
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      AmqpConfig config = server.config();
      try (Wire wire = Wire.to(config.host(), config.port());
          Broker broker = connect(through(wire, config), QUEUE);
          AmqpConsumer _ =
              broker.consume(QUEUE, 1, delivery -> settleTheSecondTime(delivery, taken))) {
        broker.publish(EXCHANGE, QUEUE, Mail.of("m-1"));
        Eventually.until("a delivery that is held", () -> taken.size() == 1);

        wire.cut();

        Eventually.until("the same message again", () -> taken.size() >= 2);
        Eventually.until(
            "a publisher that is back", () -> Mail.isPublished(broker, EXCHANGE, QUEUE, "m-2"));
        Eventually.until("the next message", () -> ids(taken).contains("m-2"));
      }

      // A publisher that is cut short sends again what the broker may have.
      assertThat(ids(taken)).startsWith("m-1", "m-1", "m-2").containsOnly("m-1", "m-2");
    }

    private static void settleTheSecondTime(Delivery delivery, Queue<Delivery> taken) {
      taken.add(delivery);
      if (taken.size() > 1) {
        delivery.ack();
      }
    }

    private static AmqpConfig through(Wire wire, AmqpConfig config) {
      return new AmqpConfig(
          "127.0.0.1", wire.port(), config.user(), config.password(), config.vhost(), config.tls());
    }
  }

  @Nested
  class A_broker_that_restarts {
    private static final String QUEUE = "it.outage.restart";

    @Test
    void gives_confirmed_messages_to_the_same_consumers() {
      assumeTrue(server.isOurs(), server.name() + " is not ours to restart");
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      try (Broker broker = connect(server.config(), QUEUE);
          AmqpConsumer consumer = broker.consume(QUEUE, 1, Mail.settling(taken))) {
        broker.publish(EXCHANGE, QUEUE, Mail.of("before"));
        Eventually.until("the first delivery", () -> taken.size() == 1);
        consumer.suspend();
        broker.publish(EXCHANGE, QUEUE, Mail.of("kept"));

        Pause.of(TO_NOTE_A_QUEUE);
        server.stop();
        assertThatThrownBy(broker::check).isInstanceOf(AmqpFault.class);
        server.start();
        consumer.resume();

        Eventually.until("the second delivery", () -> taken.size() >= 2);
        Eventually.until(
            "a broker that takes messages again",
            () -> Mail.isPublished(broker, EXCHANGE, QUEUE, "after"));
        Eventually.until("a delivery after the restart", () -> taken.size() >= 3);
        broker.check();
      }

      assertThat(ids(taken)).contains("before", "kept", "after");
    }
  }

  @Nested
  class A_wrong_password {
    @Test
    void is_a_fault_that_does_not_tell_it() {
      AmqpConfig config = server.config();
      AmqpConfig wrong =
          new AmqpConfig(
              config.host(),
              config.port(),
              config.user(),
              new Secret("open sesame"),
              config.vhost(),
              config.tls());

      assertThatThrownBy(() ->
              Broker.open(
                  wrong,
                  "it",
                  topology("it.outage.none"),
                  Clock.systemUTC(),
                  Duration.ofSeconds(1)))
          .isInstanceOf(AmqpFault.class)
          .message()
          .doesNotContain("sesame");
    }
  }

  /// Each test has a queue of its own, since what one leaves behind is no concern of the next.
  private static Broker connect(AmqpConfig config, String queue) {
    return Broker.open(config, "broker-outage-it", topology(queue), Clock.systemUTC(), LONGEST);
  }

  private static AmqpTopology topology(String queue) {
    return new AmqpTopology(
        List.of(new Exchange(EXCHANGE, Kind.DIRECT)),
        List.of(queue),
        List.of(new Binding(EXCHANGE, queue, queue)),
        DEAD_LETTERS);
  }

  private static List<String> ids(Queue<Delivery> taken) {
    return taken.stream().map(delivery -> delivery.message().messageId()).toList();
  }
}
