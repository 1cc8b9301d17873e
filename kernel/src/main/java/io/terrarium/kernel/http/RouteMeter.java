package io.terrarium.kernel.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.terrarium.kernel.metrics.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Times the answers of one route by method and status. The route is told of as it was mounted,
/// never as it was asked for, so that there are as many series as routes and not as calls.
final class RouteMeter {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "LIST");
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final String service;
  private final String route;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private RouteMeter(MeterRegistry registry, String service, String route) {
    this.registry = registry;
    this.service = service;
    this.route = route;
  }

  private record Kind(String method, int status) {}

  /// Makes the meters of a service's routes; none where nothing is measured.
  record Source(String service, Optional<Metrics> metrics) {
    Optional<RouteMeter> of(MountedRoute route) {
      return metrics.map(found -> new RouteMeter(found.registry(), service, route.path()));
    }
  }

  void answered(String method, int status, long nanos) {
    Kind kind = new Kind(METHODS.contains(method) ? method : "other", status);
    Timer timer = timers.get(kind);
    if (timer == null) {
      timer = timers.computeIfAbsent(kind, this::timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("http.server.requests")
        .description("Answers, from the first byte of a request to the last of its answer")
        .tag("service", service)
        .tag("method", kind.method())
        .tag("route", route)
        .tag("status", Integer.toString(kind.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
