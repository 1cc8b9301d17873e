package io.terrarium.operations;

import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.operations.backup.Backups;
import io.terrarium.operations.health.HealthApi;
import io.terrarium.operations.health.MeshHealth;
import io.terrarium.operations.metrics.MetricsPort;
import io.terrarium.operations.node.Node;
import io.terrarium.operations.node.NodeApi;
import io.terrarium.operations.node.ReadinessApi;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The operator's service of a node.
public final class Operations {
  private static final String NAME = "operations";

  private Operations() {}

  public static Service start(OperationsConfig config, Platform platform) {
    return Service.start(NAME, platform, config.listen(), parts -> routes(config, platform, parts));
  }

  static void main(String[] args) {
    Program.serve(NAME, OperationsConfig::from, Operations::start);
  }

  private static Consumer<Api> routes(OperationsConfig config, Platform platform, Parts parts) {
    MeshHealth health = parts.add(new MeshHealth(config.health()));
    Node node = parts.add(Node.start(config.node(), health, platform));
    Backups backups = Backups.open(config.backup(), platform, parts);
    if (!config.metrics().listeners().isEmpty()) {
      parts.add(MetricsPort.start(config.metrics(), neighbours(config, node), platform));
    }
    return api -> {
      new Health().with("redis", node::check).mount(api);
      new HealthApi(health).mount(api);
      new ReadinessApi(health, node).mount(api);
      new NodeApi(node).mount(api.behind(BearerToken.required(config.internalToken())));
      backups.mount(api);
    };
  }

  /// The built-in vault is a service of the node; one of the user's own is not.
  private static MetricsPort.Neighbours neighbours(OperationsConfig config, Node node) {
    Map<String, URI> services = new HashMap<>(config.health().addresses());
    if (config.backup().vault().login() instanceof TransitConfig.Token) {
      services.put("vault", config.backup().vault().address());
    }
    return new MetricsPort.Neighbours(
        config.node().name(),
        services,
        config.health().worker(),
        config.node().router(),
        config.internalToken(),
        node::jobs);
  }
}
