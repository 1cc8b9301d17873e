package io.terrarium.kernel.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.LoggedPath;
import io.terrarium.kernel.http.RequestId;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.json.RequiredFields;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// Calls one other service. Blocking, for virtual threads; every call has a time limit.
public final class ServiceClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final URI base;
  private final Optional<Secret> token;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("service-client-watch").factory());

  /// @param base address of the service, without a slash at its end
  /// @param token sent as bearer token, if any
  /// @param timeout until the answer's headers are there, and for each piece of its body
  public ServiceClient(URI base, Optional<Secret> token, Duration timeout) {
    this(base, token, timeout, Trust.system());
  }

  /// As the other, to a server whose certificate `trust` vouches for.
  public ServiceClient(URI base, Optional<Secret> token, Duration timeout, Trust trust) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    if (!trust.pem().isEmpty()) {
      client.sslContext(trust.context());
    }
    this.http = client.build();
    this.base = base;
    this.token = token;
    this.timeout = timeout;
    watch.setRemoveOnCancelPolicy(true);
  }

  /// POSTs `body` as JSON and reads the JSON answer.
  ///
  /// @throws ServiceFault when the service does not answer, or not with 2xx
  public <T> T post(String path, Object body, Map<String, String> headers, Class<T> answer) {
    return read("POST", path, exchange("POST", path, json(body), headers), answer);
  }

  /// POSTs `body` as JSON; the answer's body does not matter.
  public void post(String path, Object body, Map<String, String> headers) {
    exchange("POST", path, json(body), headers);
  }

  /// POSTs what `body` publishes; the answer's body does not matter.
  public void post(String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    exchange("POST", path, body, headers);
  }

  /// POSTs raw bytes and reads the JSON answer.
  public <T> T postBytes(String path, byte[] body, Map<String, String> headers, Class<T> answer) {
    return read(
        "POST",
        path,
        exchange("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), headers),
        answer);
  }

  /// PUTs what `body` publishes and gives back the answer's body.
  public byte[] put(String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    return exchange("PUT", path, body, headers);
  }

  public void delete(String path, Map<String, String> headers) {
    exchange("DELETE", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  /// GETs what JSON says; empty when the answer is 404.
  ///
  /// @throws ServiceFault when the service does not answer, or with neither
  public <T> Optional<T> get(String path, Map<String, String> headers, Class<T> answer) {
    Optional<InputStream> found = get(path, headers);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream body = found.get()) {
      return Optional.of(read("GET", path, body.readAllBytes(), answer));
    } catch (IOException e) {
      throw ServiceFault.unreachable("GET", path, e);
    }
  }

  /// What was got, closed by who asked for it.
  ///
  /// @param encoding its `Content-Encoding`, if it has one
  public record Download(InputStream body, Optional<String> encoding) {}

  /// GETs a body as a stream, which the caller closes; empty when the answer is 404.
  public Optional<InputStream> get(String path, Map<String, String> headers) {
    return download(path, headers).map(Download::body);
  }

  /// As [#get], with what the answer says of its body.
  public Optional<Download> download(String path, Map<String, String> headers) {
    HttpRequest request = request("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    try {
      HttpResponse<InputStream> response = send(request);
      if (response.statusCode() == 404) {
        response.body().close();
        return Optional.empty();
      }
      if (response.statusCode() / 100 != 2) {
        throw answered(request, path, response);
      }
      return Optional.of(
          new Download(watched(response), response.headers().firstValue("Content-Encoding")));
    } catch (IOException e) {
      throw ServiceFault.unreachable("GET", path, e);
    } catch (InterruptedException e) {
      throw interrupted("GET", path);
    }
  }

  private byte[] exchange(
      String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    HttpRequest request = request(method, path, body, headers);
    try {
      HttpResponse<InputStream> response = send(request);
      if (response.statusCode() / 100 != 2) {
        throw answered(request, path, response);
      }
      return read(response);
    } catch (IOException e) {
      throw ServiceFault.unreachable(method, path, e);
    } catch (InterruptedException e) {
      throw interrupted(method, path);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private ServiceFault answered(
      HttpRequest request, String path, HttpResponse<InputStream> response) throws IOException {
    return ServiceFault.answered(
        request.method(),
        path,
        response.statusCode(),
        read(response),
        response.headers().firstValue("X-Terrarium-Reason").orElse(""));
  }

  private byte[] read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = watched(response)) {
      return body.readAllBytes();
    }
  }

  private InputStream watched(HttpResponse<InputStream> response) {
    return new WatchedBody(response.body(), watch, timeout);
  }

  private HttpRequest request(
      String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).method(method, body);
    token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret.value()));
    // A call that is made for a request is part of it.
    Optional.ofNullable(LogScope.fields().get(LogScope.REQUEST_ID))
        .ifPresent(id -> builder.setHeader(RequestId.HEADER, id));
    headers.forEach(builder::setHeader);
    return builder.build();
  }

  private static <T> T read(String method, String path, byte[] bytes, Class<T> answer) {
    String problem =
        method + " " + LoggedPath.of(path) + " answered what is no " + answer.getSimpleName();
    try {
      JsonNode tree = Json.SNAKE.readTree(bytes);
      T value = Json.SNAKE.treeToValue(tree, answer);
      List<String> missing = RequiredFields.missing(tree, value);
      if (!missing.isEmpty()) {
        throw new ServiceFault(problem + ", for it lacks " + String.join(", ", missing), null);
      }
      return value;
    } catch (IOException e) {
      throw new ServiceFault(problem, e);
    }
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    try {
      return HttpRequest.BodyPublishers.ofByteArray(Json.SNAKE.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + body.getClass(), e);
    }
  }

  private static ServiceFault interrupted(String method, String path) {
    Thread.currentThread().interrupt();
    return ServiceFault.unreachable(method, path, new InterruptedIOException("interrupted"));
  }

  @Override
  public void close() {
    http.shutdownNow();
    watch.shutdownNow();
  }
}
