package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.nio.file.Path;

/// Where the AMQP broker keeps its messages and listens, and what it asks of its clients. The
/// directory is made by the broker when it starts.
public record BrokerPlace(Path directory, int port, Secret password) {
  private static final String DIRECTORY = "TERRARIUM_BROKER_DIRECTORY";
  private static final String PORT = "TERRARIUM_RABBITMQ_PORT";
  private static final String PASSWORD = "TERRARIUM_RABBITMQ_PASSWORD";

  /// In this data directory, at the port of before.
  public static BrokerPlace of(DataDirectory data) {
    return new BrokerPlace(
        data.root().resolve("broker"),
        data.port("broker", EmbeddedBroker.PREFERRED_PORT),
        data.secret("broker_password"));
  }

  /// For a broker in a process of its own.
  static BrokerPlace from(Env env) {
    return new BrokerPlace(
        Path.of(env.text(DIRECTORY)),
        env.integer(PORT, EmbeddedBroker.PREFERRED_PORT, 1, 65_535),
        env.secret(PASSWORD));
  }

  public String host() {
    return Loopback.HOST;
  }

  public String username() {
    return "terrarium";
  }
}
