package io.terrarium.testservers;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.testsupport.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// RabbitMQ, where its package is on this machine.
final class PackagedRabbit {
  /// Not the one on the path, which asks for root and becomes another user.
  private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  /// A delivery that is held too long is noticed within a second, not a minute.
  private static final String ERLANG = "-start_epmd false -rabbit channel_tick_interval 1000";

  private PackagedRabbit() {}

  /// @param settings more lines of rabbitmq.conf
  static Optional<BackingServer<AmqpConfig>> start(String settings) {
    if (!Files.isExecutable(PROGRAM)) {
      return Optional.empty();
    }
    Place place = Place.fresh("rabbitmq");
    AmqpConfig config =
        new AmqpConfig(
            "127.0.0.1", FreePorts.any(), "terrarium", new Secret(Tokens.hex(16)), "/", false);
    place.write(
        "rabbitmq.conf",
        """
        listeners.tcp.1 = 127.0.0.1:%d
        default_user = %s
        default_pass = %s
        log.file = false
        log.console = true
        log.console.level = warning
        %s
        """
            .formatted(config.port(), config.user(), config.password().value(), settings));
    // Nodes find each other by a daemon that the first one would leave behind: this one has its
    // own, which ends with it.
    int names = FreePorts.any();
    String command =
        """
        epmd -port %1$d -address 127.0.0.1 &
        until epmd -port %1$d -names >/dev/null 2>&1; do sleep 0.05; done
        exec %2$s
        """
            .formatted(names, PROGRAM);
    return Optional.of(
        PackagedServer.start(
            new PackagedServer.Plan(
                "RabbitMQ of " + PROGRAM,
                place.directory(),
                List.of("sh", "-c", command),
                node(place.directory(), config.port(), names),
                "KILL",
                () -> takesConnections(config)),
            config));
  }

  private static Map<String, String> node(Path directory, int port, int names) {
    return Map.of(
        "HOME", directory.toString(),
        "ERL_EPMD_PORT", Integer.toString(names),
        "RABBITMQ_NODENAME", "terrarium" + port + "@localhost",
        "RABBITMQ_DIST_PORT", Integer.toString(FreePorts.any()),
        "RABBITMQ_MNESIA_BASE", directory.resolve("data").toString(),
        "RABBITMQ_LOG_BASE", directory.resolve("log-files").toString(),
        "RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString(),
        "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString(),
        "RABBITMQ_CONF_ENV_FILE", "/dev/null",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG);
  }

  static boolean takesConnections(AmqpConfig config) {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(config.host());
    factory.setPort(config.port());
    factory.setUsername(config.user());
    factory.setPassword(config.password().value());
    factory.setVirtualHost(config.vhost());
    try (Connection connection = factory.newConnection()) {
      return connection.isOpen();
    } catch (IOException | TimeoutException _) {
      return false;
    }
  }
}
