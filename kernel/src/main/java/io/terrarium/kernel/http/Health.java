package io.terrarium.kernel.http;

import io.terrarium.kernel.probe.Probe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /_health` of a service: 200 when all that it depends on answers, else 503 and which does
/// not. It answers within seconds, whatever hangs: all are looked at side by side, and what has not
/// answered by then is down.
public final class Health {
  private static final Logger log = LoggerFactory.getLogger(Health.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, Probe<Optional<String>>> probes = new LinkedHashMap<>();

  /// Throws when what it looks at is down.
  @FunctionalInterface
  public interface Check {
    void run();
  }

  record Report(String status, Map<String, String> checks) {}

  /// One more dependency, reported under `name`.
  public Health with(String name, Check check) {
    probes.put(name, new Probe<>(() -> problem(check)));
    return this;
  }

  /// Before any filter: who asks needs no token.
  public void mount(Api api) {
    api.get("/_health", _ -> report());
  }

  private Reply report() {
    Map<String, Probe.Look<Optional<String>>> looks = new LinkedHashMap<>();
    probes.forEach((name, probe) -> looks.put(name, probe.begin()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, String> results = new LinkedHashMap<>();
    looks.forEach((name, look) -> results.put(name, result(name, look, deadline)));
    boolean isUp = results.values().stream().allMatch("up"::equals);
    return Reply.json(isUp ? 200 : 503, new Report(isUp ? "up" : "down", results));
  }

  private static String result(String name, Probe.Look<Optional<String>> look, long deadline) {
    Optional<String> problem =
        look.within(Duration.ofNanos(deadline - System.nanoTime()))
            .orElseGet(() -> Optional.of("no answer for " + look.age().toMillis() + " ms"));
    problem.ifPresent(error ->
        log.atWarn()
            .addKeyValue("dependency", name)
            .addKeyValue("error", error)
            .log("a dependency does not answer"));
    return problem.isEmpty() ? "up" : "down";
  }

  private static Optional<String> problem(Check check) {
    try {
      check.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
