package io.terrarium.atlas.api.discovery;

import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether atlas can work: 200 when all that it depends on answers, else 503 and which does not.
public final class HealthApi {
  private static final Logger log = LoggerFactory.getLogger(HealthApi.class);

  private final Map<String, Check> checks;

  /// Throws when what it looks at is down.
  @FunctionalInterface
  public interface Check {
    void run();
  }

  record Health(String status, Map<String, String> checks) {}

  /// @param checks by the name under which they are reported, in the order of the report
  public HealthApi(Map<String, Check> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  public void mount(Api api) {
    api.get("/_health", this::show);
  }

  private Reply show(Call call) {
    Map<String, String> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, result(name, check)));
    boolean isUp = results.values().stream().allMatch("up"::equals);
    return Reply.json(isUp ? 200 : 503, new Health(isUp ? "up" : "down", results));
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
