package io.terrarium.kernel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.json.RequiredFields;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One request. What filters find out about it (who calls) is kept under a type.
public final class Call {
  private final RoutingContext context;
  private final String route;
  private final long bodyBytesMax;
  private final Map<String, String> answerHeaders = new LinkedHashMap<>();

  private byte @Nullable [] body;

  Call(RoutingContext context, String route, long bodyBytesMax) {
    this.context = context;
    this.route = route;
    this.bodyBytesMax = bodyBytesMax;
  }

  public String method() {
    return context.request().method().name();
  }

  public String path() {
    String path = context.request().path();
    return path == null ? "/" : path;
  }

  /// The path as the route was mounted, with the names of its parameters; "" where none was taken.
  public String route() {
    return route;
  }

  /// The path with its query string.
  public String uri() {
    return context.request().uri();
  }

  /// A path parameter, decoded.
  public String path(String name) {
    String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    if (hasNul(value)) {
      throw new Fault.NotFound();
    }
    return value;
  }

  /// A path parameter that not all routes of an endpoint have.
  public Optional<String> findPath(String name) {
    return context.pathParam(name) == null ? Optional.empty() : Optional.of(path(name));
  }

  public <T> T path(String name, Function<String, T> type) {
    return type.apply(path(name));
  }

  public Optional<String> query(String name) {
    Optional<String> value = Optional.ofNullable(context.queryParams().get(name));
    if (value.filter(Call::hasNul).isPresent()) {
      throw new Fault.BadRequest("The parameter " + name + " holds the character U+0000.");
    }
    return value;
  }

  /// The parts of a comma-separated query parameter, without empty ones.
  public List<String> queryList(String name) {
    return query(name).map(text -> List.of(text.split(",", -1))).orElse(List.of()).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// All query parameters, in the order of the request.
  public List<Map.Entry<String, String>> queries() {
    return context.queryParams().entries();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  /// A header of whatever will be answered, faults included.
  public void answerWith(String name, String value) {
    answerHeaders.put(name, value);
  }

  Map<String, String> answerHeaders() {
    return answerHeaders;
  }

  /// The address of the peer itself, a router's as a rule.
  public String peerAddress() {
    return context.request().remoteAddress().hostAddress();
  }

  /// Bytes of the body by its header, or -1.
  public long contentLength() {
    return header("Content-Length").map(Long::parseLong).orElse(-1L);
  }

  /// The whole body.
  ///
  /// @throws Fault.TooLarge when it has more bytes than the route takes
  public byte[] body() {
    if (body == null) {
      body = readBody();
    }
    return body;
  }

  private byte[] readBody() {
    if (contentLength() > bodyBytesMax) {
      throw new Fault.TooLarge(bodyBytesMax);
    }
    try {
      byte[] read = bodyStream().readNBytes((int) bodyBytesMax + 1);
      if (read.length > bodyBytesMax) {
        throw new Fault.TooLarge(bodyBytesMax);
      }
      return read;
    } catch (IOException e) {
      throw new Fault.BadRequest("The body broke off: " + e.getMessage());
    }
  }

  /// The body as it comes in; whoever reads it so limits it as well.
  public InputStream bodyStream() {
    BodyStream stream = context.get(BodyStream.KEY);
    return stream == null ? InputStream.nullInputStream() : stream;
  }

  /// The JSON body between services.
  ///
  /// @throws Fault.BadRequest when it is none, or lacks a field that is not `@Nullable`
  public <T> T json(Class<T> type) {
    JsonNode tree;
    T value;
    try {
      tree = Json.SNAKE.readTree(body());
      value = Json.SNAKE.treeToValue(tree, type);
    } catch (IOException e) {
      throw new Fault.BadRequest("The body is not the JSON that is expected here: " + reason(e));
    }
    if (value == null) {
      throw new Fault.BadRequest("The body is empty; JSON is expected here.");
    }
    List<String> missing = RequiredFields.missing(tree, value);
    if (!missing.isEmpty()) {
      throw new Fault.BadRequest("The body lacks: " + String.join(", ", missing) + ".");
    }
    return value;
  }

  /// The JSON body, whatever it is; empty when there is none.
  public Optional<JsonNode> tree() {
    byte[] bytes = body();
    if (bytes.length == 0) {
      return Optional.empty();
    }
    try {
      JsonNode tree = Json.KEBAB.readTree(bytes);
      if (holdsNul(tree)) {
        throw new Fault.BadRequest("The body holds the character U+0000, which is not text.");
      }
      return Optional.of(tree);
    } catch (IOException e) {
      throw new Fault.BadRequest("The body is not JSON: " + reason(e));
    }
  }

  /// PostgreSQL keeps no such text.
  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static boolean holdsNul(JsonNode tree) {
    if (tree.isTextual()) {
      return hasNul(tree.textValue());
    }
    for (JsonNode child : tree) {
      if (holdsNul(child)) {
        return true;
      }
    }
    return tree.propertyStream().anyMatch(property -> hasNul(property.getKey()));
  }

  public <T> void put(Class<T> type, T value) {
    context.put(type.getName(), value);
  }

  public <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(type.cast(context.get(type.getName())));
  }

  /// What a filter has put there.
  public <T> T get(Class<T> type) {
    return find(type).orElseThrow(() -> new IllegalStateException("no filter has put " + type));
  }

  private static String reason(IOException e) {
    return e instanceof JsonProcessingException json ? json.getOriginalMessage() : "unreadable";
  }
}
