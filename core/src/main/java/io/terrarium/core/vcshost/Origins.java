package io.terrarium.core.vcshost;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Where addresses lead, up to their paths.
final class Origins {
  private Origins() {}

  static boolean isHttp(URI url) {
    return url.getHost() != null && port(url) > 0;
  }

  /// By scheme, host and port, as browsers have it.
  static boolean same(URI one, URI other) {
    return isHttp(one)
        && isHttp(other)
        && scheme(one).equals(scheme(other))
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  /// Empty where it is no address.
  static Optional<URI> parse(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Empty where it is no address.
  static Optional<URI> resolve(URI from, String location) {
    try {
      return Optional.of(from.resolve(location));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  private static int port(URI url) {
    return switch (scheme(url)) {
      case "http" -> url.getPort() < 0 ? 80 : url.getPort();
      case "https" -> url.getPort() < 0 ? 443 : url.getPort();
      default -> -1;
    };
  }
}
