package io.terrarium.kernel.net;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a server is, written `host` or `host:port`; an IPv6 address stands in brackets.
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^\\s:/@\\[\\]]+)(?::(\\d{1,5}))?");
  private static final int PORT_MAX = 65_535;

  /// Empty where `text` has another form.
  ///
  /// @param otherwise the port where none is written
  public static Optional<HostPort> parse(String text, int otherwise) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int port = form.group(2) == null ? otherwise : Integer.parseInt(form.group(2));
    return port >= 1 && port <= PORT_MAX
        ? Optional.of(new HostPort(form.group(1), port))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
