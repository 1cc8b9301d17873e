package io.terrarium.kernel.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.terrarium.kernel.crypto.Tokens;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// What a process counts and measures. All services of a process share it, and each says on its own
/// port what it holds.
public final class Metrics implements AutoCloseable {
  /// What Prometheus' text format is called.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String ALL_SERVICES = "terrarium";
  private static final int ID_BYTES = 6;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Set<String> services = new ConcurrentSkipListSet<>();
  private final String id = Tokens.hex(ID_BYTES);
  private final String version;
  private @Nullable JvmGcMetrics collections;

  /// @param version of the program
  public Metrics(String version) {
    this.version = version;
  }

  /// Where counts are kept. Labels have few values, whatever happens: no ids, nothing that callers
  /// choose.
  public MeterRegistry registry() {
    return registry;
  }

  /// Counts one more of `name`, for services that have something of their own to count.
  public void count(String name, String label, String value) {
    registry.counter(name, label, value).increment();
  }

  /// Notes that a service of this name answers in this process.
  public void serves(String service) {
    services.add(service);
  }

  /// All of it in Prometheus' text format.
  public String text() {
    lookAtJvm();
    return registry.scrape();
  }

  /// What this process uses of the machine.
  public Container container() {
    String name = services.size() == 1 ? services.iterator().next() : ALL_SERVICES;
    return new Container(id, name, ALL_SERVICES + ":" + version, OwnProcess.measures());
  }

  /// Only once somebody asks: a process that nobody watches starts sooner and stays smaller without
  /// Java's management beans. Its collections of garbage are counted from then on.
  private synchronized void lookAtJvm() {
    if (collections != null) {
      return;
    }
    JvmGcMetrics counted = new JvmGcMetrics();
    counted.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections = counted;
  }

  @Override
  public synchronized void close() {
    if (collections != null) {
      collections.close();
    }
    registry.close();
  }
}
