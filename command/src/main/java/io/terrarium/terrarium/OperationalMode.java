package io.terrarium.terrarium;

/// Where an installation keeps its data, each with all that the one before it asks for.
enum OperationalMode {
  /// All on this machine, in the data directory: the documents' `demo` and `disk`.
  LOCAL("any mode"),
  /// PostgreSQL and the store of objects are the installation's own.
  EXTERNAL("production_type=external (TFE_OPERATIONAL_MODE=external)"),
  /// Redis and RabbitMQ are as well, and several nodes share them all.
  ACTIVE_ACTIVE("enable_active_active=1 (TFE_OPERATIONAL_MODE=active-active)");

  private final String setting;

  OperationalMode(String setting) {
    this.setting = setting;
  }

  /// How it is asked for.
  String setting() {
    return setting;
  }

  boolean has(OperationalMode other) {
    return compareTo(other) >= 0;
  }
}
