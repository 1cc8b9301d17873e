package io.terrarium.kernel.amqp;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;

/// How to reach the message broker.
public record AmqpConfig(
    String host, int port, String user, Secret password, String vhost, boolean tls) {
  public static AmqpConfig from(Env env) {
    return new AmqpConfig(
        env.text("TERRARIUM_RABBITMQ_HOST"),
        env.integer("TERRARIUM_RABBITMQ_PORT", 5672, 1, 65_535),
        env.text("TERRARIUM_RABBITMQ_USER"),
        env.secret("TERRARIUM_RABBITMQ_PASSWORD"),
        env.text("TERRARIUM_RABBITMQ_VHOST", "/"),
        env.flag("TERRARIUM_RABBITMQ_TLS", false));
  }
}
