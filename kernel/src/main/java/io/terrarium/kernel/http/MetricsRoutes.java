package io.terrarium.kernel.http;

import io.terrarium.kernel.metrics.Metrics;
import java.nio.charset.StandardCharsets;

/// `GET /metrics` of a service for Prometheus, and `GET /metrics/process` for operations. They
/// stand before any filter, as the health does: who asks needs no token, and no router leads there.
final class MetricsRoutes {
  private final Metrics metrics;

  MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  void mount(Api api) {
    api.get("/metrics", _ -> Reply.bytes(Metrics.CONTENT_TYPE, text()));
    api.get("/metrics/process", _ -> Reply.json(200, metrics.container()));
  }

  private byte[] text() {
    return metrics.text().getBytes(StandardCharsets.UTF_8);
  }
}
