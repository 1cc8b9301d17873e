package io.terrarium.outboundproxy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a request wants to go.
record Target(String host, int port) {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,5}))?");
  private static final int HOST_CHARACTERS_MAX = 253;
  private static final int PORT_MAX = 65_535;

  /// Reads `host:port`, or a host alone where there is a usual port.
  ///
  /// @param usualPort 0 where the port must be named
  static Target of(String authority, int usualPort) throws Refusal {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches() || parts.group("host").length() > HOST_CHARACTERS_MAX) {
      throw new Refusal(Refusal.BAD_REQUEST, "The address names no host that can be looked up.");
    }
    String port = parts.group("port");
    int number = port == null ? usualPort : Integer.parseInt(port);
    if (number < 1 || number > PORT_MAX) {
      throw new Refusal(Refusal.BAD_REQUEST, "The address names no port from 1 to 65535.");
    }
    String host = parts.group("host").toLowerCase(Locale.ROOT);
    return new Target(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, number);
  }
}
