package io.terrarium.testservers;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// A server of this machine's packages, as a process of the tests in a directory that goes with it.
final class PackagedServer<C> implements BackingServer<C> {
  /// How it is run.
  ///
  /// @param signal that ends it at once
  /// @param answers whether it takes clients
  record Plan(
      String name,
      Path directory,
      List<String> command,
      Map<String, String> environment,
      String signal,
      BooleanSupplier answers) {}

  private final Plan plan;
  private final C config;
  private SupervisedProcess process;

  private PackagedServer(Plan plan, C config) {
    this.plan = plan;
    this.config = config;
    this.process = run(plan);
  }

  static <C> PackagedServer<C> start(Plan plan, C config) {
    PackagedServer<C> server = new PackagedServer<>(plan, config);
    server.awaitAnswer();
    return server;
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public C config() {
    return config;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void stop() {
    process.endAndKeep();
  }

  @Override
  public void start() {
    process = run(plan);
    awaitAnswer();
  }

  @Override
  public void close() {
    process.end();
  }

  private static SupervisedProcess run(Plan plan) {
    return SupervisedProcess.start(
        plan.directory(), plan.signal(), plan.command(), plan.environment());
  }

  private void awaitAnswer() {
    Eventually.until(
        () -> plan.name() + " answers; it says " + process.log(),
        () -> plan.answers().getAsBoolean() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(plan.name() + " ended: " + process.log());
    }
  }
}
