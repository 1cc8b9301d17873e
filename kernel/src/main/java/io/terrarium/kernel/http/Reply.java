package io.terrarium.kernel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The answer to a call: a status, headers, and a body that is in memory or streams.
public record Reply(int status, List<Map.Entry<String, String>> headers, Body body) {
  public static final String JSON_API = "application/vnd.api+json";

  /// What follows the headers.
  public sealed interface Body {}

  public record Empty() implements Body {}

  public record Bytes(byte[] bytes) implements Body {}

  /// Closed by the harness.
  ///
  /// @param length -1 when unknown
  public record Stream(InputStream bytes, long length) implements Body {}

  /// Closed by the harness.
  public record Events(EventFeed feed) implements Body {}

  public static Reply of(int status) {
    return new Reply(status, List.of(), new Empty());
  }

  public static Reply noContent() {
    return of(204);
  }

  public static Reply json(int status, Object value) {
    return typed(status, "application/json", write(Json.SNAKE, value));
  }

  /// A JSON:API document; attributes are in kebab case.
  public static Reply document(int status, Object document) {
    return typed(status, JSON_API, write(Json.KEBAB, document));
  }

  public static Reply text(int status, String text) {
    return typed(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply bytes(String contentType, byte[] bytes) {
    return bytes(200, contentType, bytes);
  }

  public static Reply bytes(int status, String contentType, byte[] bytes) {
    return typed(status, contentType, bytes);
  }

  public static Reply stream(int status, String contentType, InputStream bytes, long length) {
    return new Reply(
        status, List.of(Map.entry("Content-Type", contentType)), new Stream(bytes, length));
  }

  /// An event stream; what stands between is asked not to gather it.
  public static Reply events(EventFeed feed) {
    return new Reply(
        200,
        List.of(
            Map.entry("Content-Type", "text/event-stream; charset=utf-8"),
            Map.entry("Cache-Control", "no-store"),
            Map.entry("X-Accel-Buffering", "no")),
        new Events(feed));
  }

  /// 302, as archivist's and the module registry's downloads use it.
  public static Reply redirect(int status, String location) {
    return of(status).with("Location", location);
  }

  public Reply with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Reply(status, List.copyOf(more), body);
  }

  private static Reply typed(int status, String contentType, byte[] bytes) {
    return new Reply(status, List.of(Map.entry("Content-Type", contentType)), new Bytes(bytes));
  }

  private static byte[] write(com.fasterxml.jackson.databind.ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }
}
