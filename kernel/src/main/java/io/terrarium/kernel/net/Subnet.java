package io.terrarium.kernel.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses, such as `10.0.0.0/8`.
///
/// @param prefix how many leading bits count
public record Subnet(InetAddress network, int prefix) {
  // Only literal addresses: a name would be looked up.
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

  /// Empty when the text is no range; an address alone is a range of one.
  public static Optional<Subnet> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return literal(address)
        .flatMap(network -> {
          int bits = network.getAddress().length * 8;
          String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
          return length.matches("\\d{1,3}") && Integer.parseInt(length) <= bits
              ? Optional.of(new Subnet(network, Integer.parseInt(length)))
              : Optional.empty();
        });
  }

  public static boolean isLoopback(String address) {
    return literal(address).map(InetAddress::isLoopbackAddress).orElse(false);
  }

  public boolean contains(String address) {
    return literal(address).map(this::contains).orElse(false);
  }

  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> literal(String text) {
    if (!LITERAL.matcher(text).matches() || !(text.contains(".") || text.contains(":"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
