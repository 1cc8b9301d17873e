package io.terrarium.slugingress.git;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/// How this service gets out: the outbound proxy, and which hosts are believed to be themselves.
///
/// @param flow headers that tell the proxy what a connection is part of
public record WayOut(URI proxy, KnownHosts knownHosts, Map<String, String> flow) {
  public WayOut {
    flow = Map.copyOf(flow);
  }

  /// The same, as part of another flow.
  public WayOut of(Map<String, String> otherFlow) {
    return new WayOut(proxy, knownHosts, otherFlow);
  }

  InetSocketAddress proxyAddress() {
    return InetSocketAddress.createUnresolved(
        Objects.requireNonNullElse(proxy.getHost(), ""), Math.max(proxy.getPort(), 0));
  }
}
