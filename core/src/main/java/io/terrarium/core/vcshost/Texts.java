package io.terrarium.core.vcshost;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Texts as hosts take them and give them.
final class Texts {
  private static final int LINE_CHARACTERS_MAX = 200;

  private Texts() {}

  /// One part of a path or one value of a query.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  /// Every part of a path, the slashes between them kept.
  static String encodedPath(String path) {
    return Stream.of(path.split("/", -1)).map(Texts::encoded).collect(Collectors.joining("/"));
  }

  /// A query or a form.
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String start(String text, int charactersMax) {
    return text.length() <= charactersMax ? text : text.substring(0, charactersMax);
  }

  /// As people read it, with a sign where something is left out.
  static String cut(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    int end = charactersMax - 1;
    // Half a letter of two would be none.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /// The first line of a host's text, as far as people read it.
  static String line(byte[] text) {
    return line(new String(text, StandardCharsets.UTF_8));
  }

  static String line(String text) {
    return cut(
        text.strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " "),
        LINE_CHARACTERS_MAX);
  }
}
