package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.route.Routes;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.LocalServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EmbeddedRouterIT {
  private static final String LOGGER = "io.terrarium.embedded";
  private static final Pattern REQUEST_ID = Pattern.compile("(?i)x-request-id: ([0-9a-f-]{36})");

  @TempDir private Path directory;

  private final Map<String, URI> upstreams = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Vertx vertx = Vertx.vertx();
  private DataDirectory data;
  private LocalCertificates certificates;
  private EmbeddedRouter router;

  @BeforeEach
  void start() {
    data = DataDirectory.open(directory);
    certificates = LocalCertificates.ensure(data, List.of(), InstantSource.system());
    router = EmbeddedRouter.start(vertx, config(0), upstreams, InstantSource.system());
  }

  @AfterEach
  void stop() throws Exception {
    client.shutdownNow();
    router.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    data.close();
  }

  @Nested
  class The_public_listener {
    @ParameterizedTest
    @ValueSource(
        strings = {"/internal/v1/builds", "//internal/v1", "/%69nternal/v1", "/api/../internal/v1"})
    void does_not_know_internal_paths(String path) throws Exception {
      try (LocalServer atlas = thatTellsWhatItGot()) {
        upstreams.put(Routes.ATLAS, atlas.address());

        String answer = raw("GET", router.httpPort(), path);

        assertThat(answer)
            .startsWith("HTTP/1.1 404")
            .contains("application/vnd.api+json")
            .contains("\"errors\"");
      }
    }

    @Test
    void does_not_believe_what_clients_say_about_themselves() throws Exception {
      try (LocalServer atlas = thatTellsWhatItGot()) {
        upstreams.put(Routes.ATLAS, atlas.address());

        String seen =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(http() + "/api/v2/ping?a=%20b"))
                        .header("X-Forwarded-For", "6.6.6.6")
                        .header("X-Forwarded-Proto", "gopher")
                        .header("X-Forwarded-Port", "1")
                        .build(),
                    BodyHandlers.ofString())
                .body();

        assertThat(seen)
            .startsWith("GET /api/v2/ping?a=%20b\n")
            .contains("X-forwarded-for: [127.0.0.1]")
            .contains("X-forwarded-proto: [http]")
            .contains("X-forwarded-host: [127.0.0.1:" + router.httpPort() + "]")
            .contains("Host: [127.0.0.1:" + router.httpPort() + "]")
            .containsPattern("X-request-start: \\[t=\\d+\\.\\d{3}]")
            .containsPattern("X-request-id: \\[[0-9a-f-]{36}]")
            .doesNotContain("6.6.6.6", "X-forwarded-port");
      }
    }

    @Test
    void lets_no_client_speak_for_the_mesh() throws Exception {
      try (LocalServer archivist = thatTellsWhatItGot()) {
        upstreams.put(Routes.ARCHIVIST, archivist.address());

        String seen = asThoughOfTheMesh(http());

        assertThat(seen)
            .startsWith("GET /_archivist/v1/object/a")
            .doesNotContainIgnoringCase("x-terrarium-", "traceparent", "tracestate");
      }
    }

    @Test
    void tells_of_each_request_by_the_id_that_the_service_and_the_client_get() throws Exception {
      try (LocalServer atlas = thatTellsWhatItGot();
          CapturedLog log = CapturedLog.of(LOGGER, new JsonLines())) {
        upstreams.put(Routes.ATLAS, atlas.address());
        String path = "/api/v2/runs/run-1234567890123456/plan?token=s3cret";

        String seen = raw("GET", router.httpPort(), path, "X-Request-Id: my-own.1");

        assertThat(seen).contains("X-request-id: [my-own.1]");
        JsonNode line = only(log);
        assertThat(line.path("component").asText()).isEqualTo("router");
        assertThat(line.path("request_id").asText()).isEqualTo("my-own.1");
        assertThat(line.path("run_id").asText()).isEqualTo("run-1234567890123456");
        assertThat(line.path("path").asText()).isEqualTo("/api/v2/runs/run-1234567890123456/plan");
        assertThat(line.path("status").asInt()).isEqualTo(200);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\",\"level\":\"ERROR", "a b", "a\n{\"level\":\"ERROR\"}", "ä"})
    void takes_nobodys_word_for_an_id_that_is_none(String hostile) throws Exception {
      try (CapturedLog log = CapturedLog.of(LOGGER, new JsonLines())) {
        String answer = raw("GET", router.httpPort(), "/api/v2/ping", "X-Request-Id: " + hostile);

        for (String line : log.lines()) {
          assertThat(line).doesNotContain("ERROR");
          assertThat(Json.SNAKE.readTree(line).path("request_id").asText()).doesNotContain(" ");
        }
        assertThat(answer).doesNotContain("ERROR");
      }
    }

    @Test
    void takes_none_for_an_id_that_is_absurdly_long() throws Exception {
      try (CapturedLog log = CapturedLog.of(LOGGER, new JsonLines())) {
        String long10k = "a".repeat(10_000);

        String answer = raw("GET", router.httpPort(), "/api/v2/ping", "X-Request-Id: " + long10k);

        assertThat(answer).containsPattern(REQUEST_ID).doesNotContain("aaaaaaaaaa");
        assertThat(log.lines()).noneMatch(line -> line.contains("aaaaaaaaaa"));
      }
    }

    @Test
    void says_by_which_id_the_log_has_what_it_answers_itself() throws Exception {
      try (CapturedLog log = CapturedLog.of(LOGGER, new JsonLines())) {
        String away = raw("GET", router.httpPort(), "/api/v2/ping");
        String absent = raw("GET", router.httpPort(), "/internal/v1/hops");

        assertThat(away).startsWith("HTTP/1.1 503");
        assertThat(absent).startsWith("HTTP/1.1 404");
        for (String answer : List.of(away, absent)) {
          String id = REQUEST_ID.matcher(answer).results().findFirst().orElseThrow().group(1);
          assertThat(log.lines()).anyMatch(line -> line.contains("\"request_id\":\"" + id + "\""));
        }
      }
    }

    private static JsonNode only(CapturedLog log) throws IOException {
      Eventually.until(() -> "no line", () -> !log.lines().isEmpty());
      assertThat(log.lines()).hasSize(1);
      return Json.SNAKE.readTree(log.lines().getFirst());
    }

    @Test
    void is_trusted_through_our_authority_alone() throws Exception {
      try (LocalServer atlas = thatTellsWhatItGot();
          HttpClient trusting = HttpClient.newBuilder().sslContext(trustingOurs()).build()) {
        upstreams.put(Routes.ATLAS, atlas.address());

        for (String name : List.of("127.0.0.1", "localhost")) {
          URI uri = URI.create("https://%s:%d/".formatted(name, router.httpsPort()));
          String seen =
              trusting.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();

          assertThat(seen).contains("X-forwarded-proto: [https]");
        }
      }
    }

    @Test
    void names_the_flag_when_its_port_is_taken() throws Exception {
      try (ServerSocket taken = new ServerSocket(0, 1, Loopback.address())) {
        assertThatThrownBy(() ->
                EmbeddedRouter.start(
                    vertx, config(taken.getLocalPort()), upstreams, InstantSource.system()))
            .isInstanceOf(EmbeddedFault.class)
            .hasMessageContaining("port " + taken.getLocalPort())
            .hasMessageContaining("--https-port");
      }
    }
  }

  @Nested
  class What_a_service_says_of_itself {
    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "//metrics/process", "/%6detrics", "/api/../metrics"})
    void is_reached_through_no_listener(String path) throws Exception {
      try (LocalServer atlas = thatTellsWhatItGot()) {
        upstreams.put(Routes.ATLAS, atlas.address());

        String ofPublic = raw("GET", router.httpPort(), path);
        String ofInternal = raw("GET", router.internalPort(), path);

        assertThat(ofPublic).startsWith("HTTP/1.1 404");
        assertThat(ofInternal).startsWith("HTTP/1.1 404");
      }
    }
  }

  @Nested
  class The_internal_listener {
    @Test
    void leads_to_internal_paths_and_archivist() throws Exception {
      try (LocalServer atlas = LocalServer.start(e -> LocalServer.answer(e, 200, "atlas"));
          LocalServer archivist = LocalServer.start(e -> LocalServer.answer(e, 200, "blob"))) {
        upstreams.put(Routes.ATLAS, atlas.address());
        upstreams.put(Routes.ARCHIVIST, archivist.address());

        assertThat(get(router.internalUri() + "/internal/v1/hops").body()).isEqualTo("atlas");
        assertThat(get(router.internalUri() + "/_archivist/v1/object/a").body()).isEqualTo("blob");
      }
    }

    @Test
    void passes_on_what_the_mesh_says() throws Exception {
      try (LocalServer archivist = thatTellsWhatItGot()) {
        upstreams.put(Routes.ARCHIVIST, archivist.address());

        String seen = asThoughOfTheMesh(router.internalUri().toString());

        assertThat(seen)
            .containsIgnoringCase("x-terrarium-flow: [run-other]")
            .containsIgnoringCase("traceparent: [00-1111");
      }
    }
  }

  private String asThoughOfTheMesh(String listener) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(listener + "/_archivist/v1/object/a"))
            .header("x-terrarium-flow", "run-other")
            .header("X-Terrarium-Sent-At", "2026-01-01T00:00:00Z")
            .header("traceparent", "00-11111111111111111111111111111111-2222222222222222-01")
            .header("tracestate", "a=b")
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Nested
  class An_answer {
    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void without_a_body_stays_without_one(int status) throws Exception {
      try (LocalServer atlas =
          LocalServer.start(exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          })) {
        upstreams.put(Routes.ATLAS, atlas.address());

        String answer = raw("GET", router.httpPort(), "/");

        assertThat(answer)
            .startsWith("HTTP/1.1 " + status)
            .doesNotContainIgnoringCase("transfer-encoding")
            .endsWith("\r\n\r\n");
      }
    }

    @Test
    void to_a_head_request_keeps_the_length_and_has_no_body() throws Exception {
      try (LocalServer atlas =
          LocalServer.start(exchange -> {
            exchange.getResponseHeaders().set("Content-Length", "42");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          })) {
        upstreams.put(Routes.ATLAS, atlas.address());

        String answer = raw("HEAD", router.httpPort(), "/");

        assertThat(answer).containsIgnoringCase("content-length: 42").endsWith("\r\n\r\n");
      }
    }

    @Test
    void to_an_upload_of_known_length_comes_after_all_of_it() throws Exception {
      try (LocalServer archivist =
          LocalServer.start(exchange -> {
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            long read = drain(exchange.getRequestBody());
            LocalServer.answer(exchange, 200, length + " " + read);
          })) {
        upstreams.put(Routes.ARCHIVIST, archivist.address());
        HttpRequest upload =
            HttpRequest.newBuilder(URI.create(http() + "/_archivist/v1/object/a"))
                .expectContinue(true)
                .PUT(BodyPublishers.ofByteArray(new byte[1_000_000]))
                .build();

        String answer = client.send(upload, BodyHandlers.ofString()).body();

        assertThat(answer).isEqualTo("1000000 1000000");
      }
    }
  }

  @Nested
  class A_service_that_is_absent {
    @Test
    void is_unavailable_until_it_comes() throws Exception {
      HttpResponse<String> unknown = get(http() + "/");
      upstreams.put(Routes.ATLAS, URI.create("http://127.0.0.1:" + Loopback.anyFreePort()));
      HttpResponse<String> notListening = get(http() + "/");

      try (LocalServer atlas = LocalServer.start(e -> LocalServer.answer(e, 200, "here"))) {
        upstreams.put(Routes.ATLAS, atlas.address());

        assertThat(get(http() + "/").body()).isEqualTo("here");
      }
      assertThat(List.of(unknown, notListening))
          .allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("content-type"))
                .contains("application/vnd.api+json");
            assertThat(answer.body()).contains("\"status\":\"503\"");
          });
    }

    @Test
    void is_a_bad_gateway_when_it_breaks_off() throws Exception {
      try (LocalServer atlas = LocalServer.start(exchange -> exchange.close())) {
        upstreams.put(Routes.ATLAS, atlas.address());

        assertThat(get(http() + "/").statusCode()).isEqualTo(502);
      }
    }
  }

  @Nested
  class A_large_body {
    private static final long BYTES = 200L * 1024 * 1024;
    private static final long BUFFERED_MAX = 32L * 1024 * 1024;

    @Test
    void waits_at_its_sender_while_the_service_does_not_read() throws Exception {
      Gate gate = new Gate();
      CountedZeros body = new CountedZeros(BYTES);
      try (LocalServer archivist =
          LocalServer.start(exchange -> {
            gate.await();
            long read = drain(exchange.getRequestBody());
            LocalServer.answer(exchange, 200, Long.toString(read));
          })) {
        upstreams.put(Routes.ARCHIVIST, archivist.address());
        HttpRequest upload =
            HttpRequest.newBuilder(URI.create(http() + "/_archivist/v1/object/a"))
                .PUT(BodyPublishers.ofInputStream(() -> body))
                .build();

        var answer = client.sendAsync(upload, BodyHandlers.ofString());
        long sentBeforeReading = body.countOnceAtRest();
        gate.open();

        assertThat(answer.get().body()).isEqualTo(Long.toString(BYTES));
        assertThat(sentBeforeReading).isBetween(1L, BUFFERED_MAX);
      }
    }

    @Test
    void waits_at_the_service_while_the_client_does_not_read() throws Exception {
      CountedZeros body = new CountedZeros(BYTES);
      try (LocalServer archivist =
          LocalServer.start(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
              body.transferTo(out);
            }
          })) {
        upstreams.put(Routes.ARCHIVIST, archivist.address());
        HttpRequest download =
            HttpRequest.newBuilder(URI.create(http() + "/_archivist/v1/object/a")).build();

        try (InputStream received = client.send(download, BodyHandlers.ofInputStream()).body()) {
          long sentBeforeReading = body.countOnceAtRest();

          assertThat(drain(received)).isEqualTo(BYTES);
          assertThat(sentBeforeReading).isBetween(1L, BUFFERED_MAX);
        }
      }
    }
  }

  private RouterConfig config(int httpsPort) {
    return new RouterConfig(httpsPort, 0, 0, certificates.server(), certificates.serverKey());
  }

  private String http() {
    return "http://127.0.0.1:" + router.httpPort();
  }

  private HttpResponse<String> get(String uri) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }

  private SSLContext trustingOurs() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(certificates.authority())) {
      store.setCertificateEntry(
          "ours", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /// Asks with the path exactly as it is written.
  private static String raw(String method, int port, String path) throws IOException {
    return raw(method, port, path, "Accept: */*");
  }

  private static String raw(String method, int port, String path, String header)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Loopback.address(), port));
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
                  .formatted(method, path, header)
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static long drain(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
    }
    return total;
  }

  /// Answers with what was asked for and by whom, a line for each.
  private static LocalServer thatTellsWhatItGot() {
    return LocalServer.start(exchange -> {
      StringBuilder told = new StringBuilder();
      told.append(exchange.getRequestMethod())
          .append(' ')
          .append(exchange.getRequestURI())
          .append('\n');
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> told.append(name + ": " + values + "\n"));
      LocalServer.answer(exchange, 200, told.toString());
    });
  }
}
