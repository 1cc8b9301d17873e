package io.terrarium.operations.health;

import io.terrarium.kernel.probe.Probe;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at all services of the node side by side. Whoever asks while a look is under way shares
/// it, so that many who ask cost the mesh no more than one.
public final class MeshHealth implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MeshHealth.class);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private static final Duration PATIENCE = ServiceHealth.PATIENCE.plusSeconds(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .executor(threads)
          .build();
  private final Map<Subject, Probe<ServiceAnswer>> services = new EnumMap<>(Subject.class);
  private final Probe<MeshReport> mesh = new Probe<>(this::look);
  private Set<String> downBefore = Set.of();

  public MeshHealth(HealthConfig config) {
    config
        .services()
        .forEach((service, address) ->
            services.put(service, new Probe<>(new ServiceHealth(http, address)::ask)));
  }

  /// A full look.
  public MeshReport report() {
    return report(PATIENCE.plusSeconds(1))
        .orElseThrow(() -> new IllegalStateException("a look at the mesh has not ended in time"));
  }

  /// The same; empty when it takes longer than `longest`.
  public Optional<MeshReport> report(Duration longest) {
    return mesh.begin().within(longest);
  }

  private MeshReport look() {
    Map<Subject, Probe.Look<ServiceAnswer>> looks = new EnumMap<>(Subject.class);
    services.forEach((service, probe) -> looks.put(service, probe.begin()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<Subject, ServiceAnswer> answers = new EnumMap<>(Subject.class);
    looks.forEach((service, look) ->
        answers.put(
            service,
            look.within(Duration.ofNanos(deadline - System.nanoTime()))
                .orElseGet(() -> ServiceAnswer.down("did not answer in time"))));
    MeshReport report = MeshReport.of(answers);
    tellOfChange(report);
    return report;
  }

  private synchronized void tellOfChange(MeshReport report) {
    Set<String> down = new TreeSet<>();
    report
        .findings()
        .forEach((subject, finding) -> {
          if (!finding.isUp()) {
            down.add(subject.wire());
          }
        });
    if (!down.equals(downBefore)) {
      if (down.isEmpty()) {
        log.atInfo().log("all of the mesh is up");
      } else {
        log.atWarn().addKeyValue("down", down).log("a part of the mesh is down");
      }
      downBefore = down;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
