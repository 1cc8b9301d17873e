package io.terrarium.terrarium;

import io.terrarium.kernel.runtime.Platform;
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
    running.push(new Running(service, service.start(Env.of(environment), platform)));
  }

  @Override
  public Map<String, Long> processes() {
    return Map.of();
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      Running last = running.pop();
      try {
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
