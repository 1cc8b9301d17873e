package io.terrarium.terrarium.bench;

import java.util.Locale;

/// What can be measured by itself.
enum Part {
  BOOT,
  IDLE,
  RUNS,
  DISPATCH,
  API,
  LIST,
  LOGS,
  ARCHIVIST,
  PUSH,
  WEBHOOKS,
  MODULES,
  INGRESS,
  PAGES;

  /// As it is named on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
