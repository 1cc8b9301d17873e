package io.terrarium.atlas.request;

import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.net.Subnet;
import java.util.List;

/// The address of the client itself, past the routers that we trust.
public final class ClientAddress {
  private final List<Subnet> trustedProxies;

  /// @param trustedProxies routers beside those on loopback
  public ClientAddress(List<Subnet> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /// Walks `X-Forwarded-For` from its end, where the nearest router wrote, to the first address
  /// that is no router of ours; what stands before it anybody may have made up.
  public String of(Call call) {
    String address = call.peerAddress();
    List<String> forwarded =
        call.header("X-Forwarded-For").map(value -> List.of(value.split(","))).orElse(List.of());
    for (String hop : forwarded.reversed()) {
      if (!isTrusted(address)) {
        return address;
      }
      address = hop.strip();
    }
    return address;
  }

  private boolean isTrusted(String address) {
    return Subnet.isLoopback(address)
        || trustedProxies.stream().anyMatch(subnet -> subnet.contains(address));
  }
}
