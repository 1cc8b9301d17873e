package io.terrarium.outboundproxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first lines of a request. What follows them is passed on as it is, and the connection ends
/// with the answer, so nobody here must know where a body ends.
record RequestHead(String method, String target, List<Map.Entry<String, String>> headers) {
  private static final int BYTES_MAX = 64 * 1024;
  private static final Pattern LINE = Pattern.compile("([A-Z]{1,16}) (\\S{1,16384}) HTTP/1\\.[01]");
  private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)http://([^/?#]*)([^#]*)");

  /// Empty when the sender says nothing at all.
  static Optional<RequestHead> read(InputStream in) throws IOException, Refusal {
    StringBuilder head = new StringBuilder();
    while (!endsWithEmptyLine(head)) {
      int next = in.read();
      if (next < 0 && head.isEmpty()) {
        return Optional.empty();
      }
      if (next < 0 || head.length() == BYTES_MAX) {
        throw new Refusal(Refusal.BAD_REQUEST, "The request's head has no end.");
      }
      head.append((char) next);
    }
    return Optional.of(parse(head.toString().split("\r\n", -1)));
  }

  private static boolean endsWithEmptyLine(StringBuilder head) {
    int length = head.length();
    return length >= 4 && head.indexOf("\r\n\r\n", length - 4) >= 0;
  }

  private static RequestHead parse(String[] lines) throws Refusal {
    Matcher first = LINE.matcher(lines[0]);
    if (!first.matches()) {
      throw new Refusal(Refusal.BAD_REQUEST, "The request is no HTTP/1.1.");
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int at = 1; at < lines.length && !lines[at].isEmpty(); at++) {
      Matcher header = HEADER.matcher(lines[at]);
      if (!header.matches()) {
        throw new Refusal(Refusal.BAD_REQUEST, "The request has a line that is no header.");
      }
      headers.add(Map.entry(header.group(1), header.group(2).strip()));
    }
    return new RequestHead(first.group(1), first.group(2), headers);
  }

  boolean isTunnel() {
    return method.equals("CONNECT");
  }

  /// Whether it is for this server itself.
  boolean isForUs() {
    return target.startsWith("/");
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  Target destination() throws Refusal {
    if (isTunnel()) {
      return Target.of(target, 0);
    }
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      throw new Refusal(
          Refusal.BAD_REQUEST, "Only http:// addresses and CONNECT are understood here.");
    }
    return Target.of(absolute.group(1), 80);
  }

  /// As the receiver gets it: by path, for this one request alone, and without what was for us.
  byte[] forReceiver() throws Refusal {
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      throw new Refusal(Refusal.BAD_REQUEST, "Only http:// addresses are passed on.");
    }
    String path = absolute.group(2);
    StringBuilder text =
        new StringBuilder(method)
            .append(' ')
            .append(path.startsWith("/") ? path : "/" + path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(absolute.group(1))
            .append("\r\nConnection: close\r\n");
    for (Map.Entry<String, String> header : headers) {
      if (isForReceiver(header.getKey().toLowerCase(Locale.ROOT))) {
        text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
      }
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isForReceiver(String name) {
    return switch (name) {
      case "host", "connection", "keep-alive", "upgrade", "http2-settings" -> false;
      default -> !name.startsWith("proxy-");
    };
  }
}
