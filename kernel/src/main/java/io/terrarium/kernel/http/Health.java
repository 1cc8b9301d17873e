package io.terrarium.kernel.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /_health` of a service: 200 when all that it depends on answers, else 503 and which does
/// not.
public final class Health {
  private static final Logger log = LoggerFactory.getLogger(Health.class);

  private final Map<String, Check> checks = new LinkedHashMap<>();

  /// Throws when what it looks at is down.
  @FunctionalInterface
  public interface Check {
    void run();
  }

  record Report(String status, Map<String, String> checks) {}

  /// One more dependency, reported under `name`.
  public Health with(String name, Check check) {
    checks.put(name, check);
    return this;
  }

  /// Before any filter: who asks needs no token.
  public void mount(Api api) {
    api.get("/_health", _ -> report());
  }

  private Reply report() {
    Map<String, String> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, result(name, check)));
    boolean isUp = results.values().stream().allMatch("up"::equals);
    return Reply.json(isUp ? 200 : 503, new Report(isUp ? "up" : "down", results));
  }

  private static String result(String name, Check check) {
    try {
      check.run();
      return "up";
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("dependency", name)
          .addKeyValue("error", String.valueOf(e.getMessage()))
          .log("a dependency does not answer");
      return "down";
    }
  }
}
