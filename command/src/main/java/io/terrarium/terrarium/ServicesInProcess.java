package io.terrarium.terrarium;

import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.settings.Env;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All services in this process, on one platform.
final class ServicesInProcess implements ServiceLauncher {
  private static final Logger log = LoggerFactory.getLogger(ServicesInProcess.class);

  /// @param program null while it is stopped
  private record Running(ServiceProgram service, @Nullable AutoCloseable program) {}

  /// In the order in which they were started first.
  private final LinkedHashMap<ServiceProgram, Running> running = new LinkedHashMap<>();

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
      Running started = new Running(service, service.start(Env.of(environment), platform));
      synchronized (running) {
        running.put(service, started);
      }
    }
  }

  private void stop(ServiceProgram service) {
    Running last;
    synchronized (running) {
      last = running.replace(service, new Running(service, null));
    }
    if (last != null) {
      close(last);
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
    for (Running last = takeLast(); last != null; last = takeLast()) {
      close(last);
    }
  }

  @Override
  public List<Breakable> breakable() {
    synchronized (running) {
      return running.keySet().stream().map(this::breakable).toList();
    }
  }

  private Breakable breakable(ServiceProgram service) {
    return new Breakable() {
      @Override
      public String name() {
        return service.wire();
      }

      @Override
      public void stop() {
        ServicesInProcess.this.stop(service);
      }

      @Override
      public void start() {
        ServicesInProcess.this.start(service);
      }

      @Override
      public boolean mayBeAway() {
        return service != ServiceProgram.ATLAS;
      }
    };
  }

  private @Nullable Running takeLast() {
    synchronized (running) {
      Map.Entry<ServiceProgram, Running> last = running.pollLastEntry();
      return last == null ? null : last.getValue();
    }
  }

  private void close(Running last) {
    AutoCloseable program = last.program();
    if (program == null) {
      return;
    }
    try (LogScope _ = LogScope.open(speaker(last.service()))) {
      program.close();
    } catch (Exception e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("service", last.service().wire())
          .log("service did not close cleanly");
    }
  }
}
