package io.terrarium.core.vcshost;

import io.terrarium.kernel.client.OutboundClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// The way to a Git host, by the outbound proxy.
///
/// @param forProxy what the calls belong to, for the proxy alone
public record HostLine(OutboundClient outside, HostAddress address, Map<String, String> forProxy) {
  private static final Duration TIME_MAX = Duration.ofSeconds(20);

  /// A page of a hundred pull request files carries their patches too.
  private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

  public HostLine {
    forProxy = Map.copyOf(forProxy);
  }

  /// A client with the limits that answers of Git hosts need. Whoever asks for it closes it.
  public static OutboundClient wayOut(URI outboundProxy) {
    return new OutboundClient(outboundProxy, TIME_MAX, BODY_BYTES_MAX);
  }
}
