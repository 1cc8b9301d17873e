package io.terrarium.operations.health;

import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Map;

/// What Terraform Enterprise tells of its health: to load balancers through the router, and to
/// operators, in more detail, on the port of this service.
public final class HealthApi {
  private final MeshHealth health;
  private volatile boolean wasHealthy;

  public HealthApi(MeshHealth health) {
    this.health = health;
  }

  /// Before any filter: who asks needs no token.
  public void mount(Api api) {
    api.get("/_health_check", this::check);
    api.get("/", _ -> list());
  }

  /// Looks at everything until all was up once, and after that only when asked to, so that a load
  /// balancer that asks every second costs nothing.
  private Reply check(Call call) {
    boolean isFull = call.query("full").filter("1"::equals).isPresent();
    if (wasHealthy && !isFull) {
      return Reply.json(200, Map.of("status", "UP"));
    }
    MeshReport report = health.report();
    wasHealthy |= report.isHealthy();
    return Reply.json(report.isHealthy() ? 200 : 500, report.statuses());
  }

  private Reply list() {
    MeshReport.Checks checks = health.report().checks();
    return Reply.json(checks.passed() ? 200 : 500, checks);
  }
}
