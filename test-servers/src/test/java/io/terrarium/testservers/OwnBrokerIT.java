package io.terrarium.testservers;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.BrokerCheck;
import io.terrarium.kernel.settings.Env;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

class OwnBrokerIT extends OwnServerContract {
  private static final String SILENT = "TERRARIUM_RABBITMQ_HOST does not answer as RabbitMQ";

  OwnBrokerIT() {
    super("TERRARIUM_RABBITMQ_PASSWORD");
  }

  @Override
  Map<String, String> start(ServersWithTls servers) {
    return servers.broker();
  }

  @Override
  Optional<String> problem(Env env) {
    AmqpConfig config = AmqpConfig.from(env);
    env.check();
    return BrokerCheck.problem(config);
  }

  @Override
  Refusal refusal() {
    return new Refusal(SILENT, List.of("certification path"));
  }

  @Override
  Stream<Change> changes() {
    return Stream.of(
        new Change(
            "TERRARIUM_RABBITMQ_PASSWORD",
            "wrong",
            "TERRARIUM_RABBITMQ_PASSWORD or TERRARIUM_RABBITMQ_USER is refused"),
        new Change("TERRARIUM_RABBITMQ_PORT", "1", SILENT),
        new Change(
            "TERRARIUM_RABBITMQ_VHOST",
            "absent",
            "TERRARIUM_RABBITMQ_VHOST absent cannot be opened"));
  }
}
