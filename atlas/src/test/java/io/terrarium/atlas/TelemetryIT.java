package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.core.hop.HopSpans;
import io.terrarium.kernel.telemetry.TraceContext;
import io.terrarium.testsupport.LocalServer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Among a collector of the test, which keeps the requests that OTLP makes.
class TelemetryIT {
  private static final long LONGEST_SECONDS = 60;

  private final BlockingQueue<String> collected = new LinkedBlockingQueue<>();
  private LocalServer collector;
  private AtlasFixture atlas;

  @BeforeEach
  void start() {
    collector =
        LocalServer.start(exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (exchange.getRequestURI().getPath().equals("/v1/traces")) {
            collected.add(new String(body, StandardCharsets.ISO_8859_1));
          }
          LocalServer.answer(exchange, 200, "");
        });
    atlas =
        AtlasFixture.startTelling(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.address().toString(),
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "OTEL_RESOURCE_ATTRIBUTES",
                "deployment.environment.name=lab",
                "OTEL_BSP_SCHEDULE_DELAY",
                "50"));
  }

  @AfterEach
  void stop() {
    atlas.close();
    collector.close();
  }

  private static String hops(TraceContext root) {
    return """
    [{"v":1,"flow":"run-1","traceparent":null,"step":1,"name":"enqueue the job","phase":"apply",
      "from":"atlas","to":"sidekiq-worker","medium":"redis","sent_at":"2026-01-02T03:04:05.000Z",
      "received_at":"2026-01-02T03:04:05.010Z","done_at":"2026-01-02T03:04:05.020Z","attempt":1,
      "outcome":"ok","bytes":0,"facts":{}},
     {"v":1,"flow":"run-1","traceparent":"%s","step":3,"name":"enqueue the apply",
      "phase":"apply","from":"build-manager","to":"build-worker","medium":"rabbitmq",
      "sent_at":"2026-01-02T03:04:06.000Z","received_at":"2026-01-02T03:04:06.010Z",
      "done_at":"2026-01-02T03:04:06.020Z","attempt":2,"outcome":"no slot","bytes":17,"facts":{}}]
    """
        .formatted(root.traceparent());
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  @Nested
  class Hops {
    @Test
    void are_spans_of_the_phase_s_trace_at_the_collector() throws InterruptedException {
      TraceContext root = HopSpans.rootOf("run-1", "apply");

      int status =
          atlas
              .as("internal token of the test")
              .send(
                  "POST", InternalApi.HOPS, hops(root), Map.of("Content-Type", "application/json"))
              .status();

      assertThat(status).isEqualTo(204);
      StringBuilder all = new StringBuilder();
      while (!all.toString().contains("enqueue the apply")) {
        String more = collected.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(more).as("what the collector got after " + all).isNotNull();
        all.append(more);
      }
      assertThat(all)
          .contains("enqueue the job", "sidekiq-worker", "build-worker", "rabbitmq", "no slot")
          .contains("deployment.environment.name", bytes(root.traceId()), bytes(root.spanId()))
          .as("the plan that the apply follows from")
          .contains(bytes(HopSpans.rootOf("run-1", "plan").traceId()));
    }
  }
}
