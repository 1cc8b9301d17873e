package io.terrarium.terrarium;

import java.util.Arrays;
import java.util.List;

/// What has no key in the documents' file: such settings are read from the environment alone.
enum ShellVariable {
  TERRARIUM_NODE(OperationalMode.LOCAL),
  TERRARIUM_OBJECT_STORAGE_S3_PATH_STYLE(OperationalMode.EXTERNAL),
  TFE_REDIS_USER(OperationalMode.ACTIVE_ACTIVE),
  TERRARIUM_RABBITMQ_HOST(OperationalMode.ACTIVE_ACTIVE),
  TERRARIUM_RABBITMQ_PORT(OperationalMode.ACTIVE_ACTIVE),
  TERRARIUM_RABBITMQ_USER(OperationalMode.ACTIVE_ACTIVE),
  TERRARIUM_RABBITMQ_PASSWORD(OperationalMode.ACTIVE_ACTIVE),
  TERRARIUM_RABBITMQ_VHOST(OperationalMode.ACTIVE_ACTIVE),
  TERRARIUM_RABBITMQ_TLS(OperationalMode.ACTIVE_ACTIVE),
  /// Of AWS' own clients, which others may need in any mode.
  AWS_EC2_METADATA_SERVICE_ENDPOINT(OperationalMode.LOCAL);

  private final OperationalMode mode;

  ShellVariable(OperationalMode mode) {
    this.mode = mode;
  }

  /// The first mode in which it means something.
  OperationalMode mode() {
    return mode;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}
