package io.terrarium.kernel.amqp;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.tls.Trust;

/// How to reach the message broker.
///
/// @param trust in its certificate, where it speaks TLS
public record AmqpConfig(
    String host, int port, String user, Secret password, String vhost, boolean tls, Trust trust) {
  private static final int PORT = 5672;
  private static final int TLS_PORT = 5671;

  /// Of a server whose certificate, if it has one, the system's authorities vouch for.
  public AmqpConfig(
      String host, int port, String user, Secret password, String vhost, boolean tls) {
    this(host, port, user, password, vhost, tls, Trust.system());
  }

  public static AmqpConfig from(Env env) {
    boolean tls = env.flag("TERRARIUM_RABBITMQ_TLS", false);
    return new AmqpConfig(
        env.text("TERRARIUM_RABBITMQ_HOST"),
        env.integer("TERRARIUM_RABBITMQ_PORT", tls ? TLS_PORT : PORT, 1, 65_535),
        env.text("TERRARIUM_RABBITMQ_USER"),
        env.secret("TERRARIUM_RABBITMQ_PASSWORD"),
        env.text("TERRARIUM_RABBITMQ_VHOST", "/"),
        tls,
        Trust.from(env));
  }
}
