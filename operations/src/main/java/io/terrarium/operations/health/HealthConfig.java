package io.terrarium.operations.health;

import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Where the services of this node are.
public record HealthConfig(Map<Subject, URI> services) {
  public HealthConfig {
    services = Map.copyOf(services);
  }

  /// By the names that people know the services by.
  public Map<String, URI> addresses() {
    Map<String, URI> addresses = new HashMap<>();
    services.forEach((service, address) -> addresses.put(service.wire(), address));
    return addresses;
  }

  /// Where the build worker is.
  public URI worker() {
    return services.getOrDefault(Subject.BUILD_WORKER, URI.create(""));
  }

  public static HealthConfig from(Env env) {
    Map<Subject, URI> services = new EnumMap<>(Subject.class);
    Subject.SERVICES.forEach(service -> services.put(service, env.uri(service.urlKey())));
    return new HealthConfig(services);
  }
}
