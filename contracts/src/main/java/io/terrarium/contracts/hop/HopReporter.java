package io.terrarium.contracts.hop;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.Batches;
import io.terrarium.kernel.client.ServiceClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reports hops to atlas in batches, off the path of the work. A hop that cannot be reported for
/// long is lost; the work is not.
public final class HopReporter implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ServiceClient atlas;
  private final Batches<Hop> batches;

  /// @param router its internal listener
  public HopReporter(String service, URI router, Secret internalToken) {
    atlas = new ServiceClient(router, Optional.of(internalToken), TIMEOUT);
    batches = new Batches<>("hops-" + service, this::send);
  }

  public void add(Hop hop) {
    batches.add(hop);
  }

  private void send(List<Hop> hops) {
    atlas.post(InternalApi.HOPS, hops, Map.of("Content-Type", "application/json"));
  }

  @Override
  public void close() {
    batches.close();
    atlas.close();
  }
}
