package io.terrarium.outboundproxy;

import io.terrarium.kernel.net.Subnet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which addresses are anybody's on the internet, by the registries of special-purpose addresses
/// (IANA's, RFC 6890); all others belong to somebody's inside.
///
/// Java reads IPv4-mapped IPv6 as IPv4, so nothing hides behind that form; other forms that carry
/// an IPv4 address are as good as what they carry, or closed.
final class PublicAddresses {
  private static final Map<Subnet, String> CLOSED = new LinkedHashMap<>();
  private static final Subnet GLOBAL_IPV6 = subnet("2000::/3");
  private static final Subnet TRANSLATED = subnet("64:ff9b::/96");
  private static final int IPV4_BYTES = 4;

  static {
    close("an unspecified address", "0.0.0.0/8", "::/128");
    close("a loopback address", "127.0.0.0/8", "::1/128");
    close("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
    close("an address shared behind a carrier's NAT", "100.64.0.0/10");
    close("a link-local address, where metadata services live", "169.254.0.0/16", "fe80::/10");
    close("a unique local address", "fc00::/7", "fec0::/10");
    close("a multicast address", "224.0.0.0/4", "ff00::/8");
    close("a cloud's own address", "168.63.129.16/32");
    close(
        "a reserved address",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20");
  }

  private PublicAddresses() {}

  /// What `address` is, if it is not public.
  static Optional<String> objection(InetAddress address) {
    if (TRANSLATED.contains(address)) {
      return objection(carried(address));
    }
    for (Map.Entry<Subnet, String> closed : CLOSED.entrySet()) {
      if (closed.getKey().contains(address)) {
        return Optional.of(closed.getValue());
      }
    }
    return address instanceof Inet4Address || GLOBAL_IPV6.contains(address)
        ? Optional.empty()
        : Optional.of("a reserved address");
  }

  /// The IPv4 address in the last bytes.
  private static InetAddress carried(InetAddress address) {
    byte[] bytes = address.getAddress();
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static void close(String as, String... ranges) {
    for (String range : ranges) {
      CLOSED.put(subnet(range), as);
    }
  }

  private static Subnet subnet(String range) {
    return Subnet.parse(range).orElseThrow();
  }
}
