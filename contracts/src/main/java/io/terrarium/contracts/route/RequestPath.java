package io.terrarium.contracts.route;

import java.util.ArrayDeque;
import java.util.Deque;

/// Reads a path as the service behind the router will, so that no spelling of a hidden path gets
/// by.
public final class RequestPath {
  private RequestPath() {}

  /// Decodes the characters that need no escape, merges slashes and resolves dot segments.
  public static String normalize(String path) {
    String decoded = decodeUnreserved(path);
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : decoded.split("/+", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    boolean directory = decoded.endsWith("/") || decoded.endsWith("/.") || decoded.endsWith("/..");
    return "/" + String.join("/", kept) + (directory && !kept.isEmpty() ? "/" : "");
  }

  private static String decodeUnreserved(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    StringBuilder decoded = new StringBuilder(path.length());
    for (int at = 0; at < path.length(); at++) {
      int code = path.charAt(at) == '%' ? escaped(path, at) : -1;
      if (code >= 0 && isUnreserved(code)) {
        decoded.append((char) code);
        at += 2;
      } else {
        decoded.append(path.charAt(at));
      }
    }
    return decoded.toString();
  }

  private static int escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static boolean isUnreserved(int code) {
    return (code >= 'a' && code <= 'z')
        || (code >= 'A' && code <= 'Z')
        || (code >= '0' && code <= '9')
        || code == '-'
        || code == '.'
        || code == '_'
        || code == '~';
  }
}
