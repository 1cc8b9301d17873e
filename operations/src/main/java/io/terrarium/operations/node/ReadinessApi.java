package io.terrarium.operations.node;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.operations.health.MeshHealth;
import io.terrarium.operations.health.MeshReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The readiness of this node, as Terraform Enterprise's system API tells it.
public final class ReadinessApi {
  private static final int SECONDS_MAX = 30;

  private final MeshHealth health;
  private final Node node;

  record Readiness(String node, String status, Map<String, String> checks) {}

  public ReadinessApi(MeshHealth health, Node node) {
    this.health = health;
    this.node = node;
  }

  /// Before any filter: who asks needs no token.
  public void mount(Api api) {
    api.get("/api/v1/health/readiness", this::readiness);
  }

  /// Only a node that may be given work is ready: one that drains is not.
  private Reply readiness(Call call) {
    Optional<MeshReport> report = health.report(timeout(call));
    Map<String, String> checks = new LinkedHashMap<>();
    report
        .map(MeshReport::statuses)
        .orElse(Map.of())
        .forEach((name, status) -> checks.put(name, status.equals("UP") ? "OK" : "ERROR"));
    boolean isHealthy = report.filter(MeshReport::isHealthy).isPresent();
    String healthy = node.isDraining() ? "DRAINING" : "OK";
    String status = isHealthy ? healthy : "ERROR";
    return Reply.json(
        status.equals("OK") ? 200 : 503,
        new Readiness(node.status().entry().node(), status, checks));
  }

  private static Duration timeout(Call call) {
    String text = call.query("timeout").orElse("1");
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 1 && seconds <= SECONDS_MAX) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is out of range.
    }
    throw new Fault.BadRequest("timeout is a whole number of seconds from 1 to " + SECONDS_MAX);
  }
}
