package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @TempDir private Path directory;
  private DataDirectory data;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    data = DataDirectory.open(directory);
    broker = EmbeddedBroker.start(data);
  }

  @AfterEach
  void stop() {
    broker.close();
    data.close();
  }

  @Nested
  class A_queue {
    @Test
    void is_counted_by_its_messages() throws Exception {
      try (Connection connection = connect(broker.password().value());
          Channel channel = connection.createChannel()) {
        channel.confirmSelect();
        channel.queueDeclare("plans", true, false, false, Map.of());
        channel.queueDeclare("applies", true, false, false, Map.of());
        channel.basicPublish("", "plans", null, "a".getBytes(StandardCharsets.UTF_8));
        channel.basicPublish("", "plans", null, "b".getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(10_000);

        assertThat(broker.depths()).isEqualTo(Map.of("plans", 2L, "applies", 0L));
      }
    }

    @Test
    void is_refused_an_argument_that_only_rabbitmq_knows() throws Exception {
      Connection connection = connect(broker.password().value());
      Channel channel = connection.createChannel();
      Map<String, Object> arguments = Map.of("x-message-ttl", 1000);

      assertThatThrownBy(() -> channel.queueDeclare("plans", true, false, false, arguments))
          .isInstanceOf(IOException.class);
      connection.abort();
    }
  }

  @Nested
  class A_client {
    @Test
    void is_turned_away_without_the_password() {
      assertThatThrownBy(() -> connect("guess")).isInstanceOf(IOException.class);
    }
  }

  @Nested
  class A_broker {
    @Test
    void says_so_when_its_messages_cannot_be_kept() throws Exception {
      broker.close();
      data.close();
      Path messages = directory.resolve("broker/messages");
      PrivateFile.deleteTree(messages);
      Files.createFile(messages);
      data = DataDirectory.open(directory);

      assertThatThrownBy(() -> EmbeddedBroker.start(data)).isInstanceOf(EmbeddedFault.class);
    }

    @Test
    void moves_when_a_stranger_has_its_port() throws Exception {
      int before = broker.port();
      broker.close();
      try (ServerSocket stranger = new ServerSocket()) {
        stranger.setReuseAddress(true);
        stranger.bind(new InetSocketAddress(Loopback.address(), before));

        broker = EmbeddedBroker.start(data);

        assertThat(broker.port()).isNotEqualTo(before);
      }
    }
  }

  private Connection connect(String password) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setUsername(broker.username());
    factory.setPassword(password);
    return factory.newConnection();
  }
}
