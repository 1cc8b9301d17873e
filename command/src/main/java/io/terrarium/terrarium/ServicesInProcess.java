package io.terrarium.terrarium;

import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.settings.Env;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All services in this process, on one platform.
final class ServicesInProcess implements ServiceLauncher {
  private static final Logger log = LoggerFactory.getLogger(ServicesInProcess.class);

  private record Running(ServiceProgram service, AutoCloseable program) {}

  private final ConcurrentLinkedDeque<Running> running = new ConcurrentLinkedDeque<>();
  private final Map<String, String> environment;
  private final Platform platform;

  ServicesInProcess(Map<String, String> environment, Platform platform) {
    this.environment = environment;
    this.platform = platform;
  }

  /// They run in this process already.
  @Override
  public void startBacking() {}

  @Override
  public void start(ServiceProgram service) {
    try (LogScope _ = LogScope.open(speaker(service))) {
      running.push(new Running(service, service.start(Env.of(environment), platform)));
    }
  }

  private Map<String, String> speaker(ServiceProgram service) {
    return Program.speaker(service.wire(), environment.get(Program.NODE));
  }

  @Override
  public Map<String, Long> processes() {
    return Map.of();
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      Running last = running.pop();
      try (LogScope _ = LogScope.open(speaker(last.service()))) {
        last.program().close();
      } catch (Exception e) {
        log.atWarn()
            .setCause(e)
            .addKeyValue("service", last.service().wire())
            .log("service did not close cleanly");
      }
    }
  }
}
