package io.terrarium.terrarium;

import java.util.List;
import java.util.Map;

/// Starts services, in this process or in processes of their own; closing stops them in reverse.
interface ServiceLauncher extends AutoCloseable {
  /// Starts what was left to this launcher of the local backing services.
  void startBacking();

  /// Returns when the service answers.
  void start(ServiceProgram service);

  /// What was started here, in that order.
  List<Breakable> breakable();

  /// Process ids by service, empty where they have no process of their own.
  Map<String, Long> processes();

  @Override
  void close();
}
