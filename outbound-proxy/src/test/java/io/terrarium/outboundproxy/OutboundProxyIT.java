package io.terrarium.outboundproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.client.OutboundClient.Answered;
import io.terrarium.kernel.client.OutboundClient.Failed;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxy, its client, and receivers of every kind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboundProxyIT {
  private static final int BODY_BYTES_MAX = 1_000;
  private static final Map<String, String> FLOW =
      Map.of("x-terrarium-flow", "run-1", "x-terrarium-from", "sidekiq-worker");

  private final List<String> hops = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  @AutoClose private final Platform platform = Platform.start();
  @AutoClose private final HttpService receiver = receiver();
  @AutoClose private final OutboundProxy strict = proxy("");
  @AutoClose private final OutboundProxy lab = proxy("127.0.0.1/32");
  @AutoClose private final OutboundClient outside = client(strict);
  @AutoClose private final OutboundClient inside = client(lab);

  private HttpService receiver() {
    return HttpService.start(
        platform.vertx(),
        "receiver of the test",
        HttpAddress.loopback(0),
        api -> {
          api.post(
              InternalApi.HOPS,
              call -> {
                call.tree()
                    .orElseThrow()
                    .forEach(hop ->
                        hops.add(
                            "%s -> %s: %s"
                                .formatted(
                                    hop.path("from").asText(),
                                    hop.path("to").asText(),
                                    hop.path("outcome").asText())));
                return Reply.noContent();
              });
          api.post("/good", this::good);
          api.post("/elsewhere", _ -> Reply.redirect(302, "http://169.254.169.254/"));
          api.post("/endless", _ -> Reply.stream(200, "text/plain", new Endless(), -1));
          api.get("/thing", this::thing);
          api.put("/thing", this::thing);
          api.patch("/thing", this::thing);
          api.delete("/thing", this::thing);
        });
  }

  private Reply good(Call call) {
    received.add(
        call.uri()
            + " "
            + call.header("Host").orElse("")
            + " "
            + call.header("X-Of-The-Test").orElse("")
            + " "
            + call.header("Proxy-X-Terrarium-Flow").orElse("no flow")
            + " "
            + new String(call.body(), StandardCharsets.UTF_8));
    return Reply.text(201, "thanks").with("X-Answer", "yes");
  }

  private Reply thing(Call call) {
    return Reply.text(200, call.method() + " " + new String(call.body(), StandardCharsets.UTF_8));
  }

  private OutboundProxy proxy(String allow) {
    URI router = URI.create("http://127.0.0.1:" + receiver.port());
    return OutboundProxy.start(
        new OutboundProxyConfig(
            HttpAddress.loopback(0),
            AllowList.from(Env.of(Map.of("ALLOW", allow)), "ALLOW"),
            new OutboundProxyConfig.Limits(Duration.ofSeconds(20), 1_000_000, 16),
            router,
            new Secret("internal token of the test")),
        platform);
  }

  private static OutboundClient client(OutboundProxy proxy) {
    return new OutboundClient(
        URI.create("http://127.0.0.1:" + proxy.port()), Duration.ofSeconds(3), BODY_BYTES_MAX);
  }

  private OutboundClient.Result post(OutboundClient client, String url) {
    return client.post(
        URI.create(url),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
        Map.of("X-Of-The-Test", "1"),
        FLOW);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + receiver.port() + path;
  }

  @Nested
  class A_call {
    @Test
    void reaches_a_receiver_that_is_allowed_and_both_its_hops_are_told() {
      hops.clear();

      OutboundClient.Result result = post(inside, url("/good?a=b"));

      assertThat(result)
          .isInstanceOfSatisfying(
              Answered.class,
              answer -> {
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.isGood()).isTrue();
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("thanks");
                assertThat(answer.headers()).containsEntry("x-answer", List.of("yes"));
              });
      assertThat(received)
          .contains("/good?a=b 127.0.0.1:" + receiver.port() + " 1 no flow {\"a\":1}");
      Eventually.until(
          () -> "hops: " + hops,
          () ->
              hops.containsAll(
                  List.of(
                      "sidekiq-worker -> outbound-proxy: ok", "outbound-proxy -> receiver: ok")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void carries_a_body_by_any_method(String method) {
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

      OutboundClient.Result result =
          inside.send(
              method, URI.create(url("/thing")), Optional.of(body), Map.of("X-A", "1"), FLOW);

      assertThat(result)
          .isInstanceOfSatisfying(
              Answered.class,
              answer -> assertThat(answer.body()).asString().isEqualTo(method + " {}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void carries_none_where_there_is_none(String method) {
      OutboundClient.Result result =
          inside.send(method, URI.create(url("/thing")), Optional.empty(), Map.of(), FLOW);

      assertThat(result)
          .isInstanceOfSatisfying(
              Answered.class,
              answer -> {
                assertThat(answer.body()).asString().isEqualTo(method + " ");
                assertThat(answer.isWhole()).isTrue();
                assertThat(answer.header("CONTENT-type")).isPresent();
              });
    }

    @Test
    void is_not_led_elsewhere_by_a_redirect() {
      assertThat(post(inside, url("/elsewhere")))
          .isInstanceOfSatisfying(
              Answered.class, answer -> assertThat(answer.status()).isEqualTo(302));
    }

    @Test
    void reads_the_beginning_of_an_endless_answer() {
      assertThat(post(inside, url("/endless")))
          .isInstanceOfSatisfying(
              Answered.class,
              answer -> {
                assertThat(answer.body()).hasSize(BODY_BYTES_MAX);
                assertThat(answer.isWhole()).isFalse();
              });
    }

    @Test
    void is_over_in_time_when_the_receiver_hangs() throws IOException {
      try (ServerSocket silent = new ServerSocket(0)) {
        assertThat(post(inside, "http://127.0.0.1:" + silent.getLocalPort() + "/"))
            .isInstanceOfSatisfying(
                Failed.class,
                failed -> {
                  assertThat(failed.reason()).contains("3 seconds");
                  assertThat(failed.isRefused()).isFalse();
                });
      }
    }

    @Test
    void is_over_in_time_when_the_receiver_trickles() throws IOException {
      try (ServerSocket slow = new ServerSocket(0)) {
        Thread.ofVirtual().start(() -> beginAnAnswer(slow));

        assertThat(post(inside, "http://127.0.0.1:" + slow.getLocalPort() + "/"))
            .isInstanceOfSatisfying(
                Failed.class, failed -> assertThat(failed.reason()).contains("3 seconds"));
      }
    }

    private void beginAnAnswer(ServerSocket slow) {
      try (Socket socket = slow.accept()) {
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nonce upon a"
                    .getBytes(StandardCharsets.UTF_8));
        // Until the proxy gives up: a socket that nobody holds is closed by the collector.
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // The test is over.
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://no-such-host.invalid/", "https://no-such-host.invalid/"})
    void to_a_host_that_is_not_there_says_so(String url) {
      assertThat(post(inside, url))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.reason()).contains("host");
                assertThat(failed.isRefused()).isFalse();
              });
    }

    @Test
    void to_a_secure_host_without_a_name_fails_readably() {
      assertThat(post(inside, "https://[2606:4700::1111]/"))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("needs a name"));
    }

    @Test
    void through_a_tunnel_fails_readably_where_nobody_speaks_tls() {
      hops.clear();

      assertThat(post(inside, url("/good").replace("http:", "https:")))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("secure connection"));
      Eventually.until(
          () -> "hops: " + hops, () -> hops.contains("sidekiq-worker -> outbound-proxy: ok"));
    }
  }

  @Nested
  class An_address_that_is_not_public {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://127.0.0.1:%d/good",
          "https://127.0.0.1:%d/good",
          "http://localhost:%d/good",
          "http://[::1]:%d/good",
          "http://[::ffff:127.0.0.1]:%d/good",
          "http://2130706433:%d/good",
          "http://0.0.0.0:%d/good",
          "http://169.254.169.254/latest/meta-data/",
          "https://169.254.169.254/"
        })
    void is_refused_in_words_that_say_so(String url) {
      int before = received.size();

      OutboundClient.Result result = post(outside, url.formatted(receiver.port()));

      assertThat(result)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.isRefused()).as(failed.reason()).isTrue();
                assertThat(failed.reason()).contains("TERRARIUM_OUTBOUND_ALLOW");
              });
      assertThat(received).hasSize(before);
    }

    @Test
    void leaves_its_refusal_among_the_hops() {
      hops.clear();

      post(outside, url("/good"));

      Eventually.until(
          () -> "hops: " + hops,
          () ->
              hops.stream()
                  .anyMatch(hop ->
                      hop.startsWith("sidekiq-worker -> outbound-proxy: refused")
                          && hop.contains("loopback")));
    }
  }

  @Nested
  class The_proxy {
    @Test
    void is_healthy_and_serves_nothing_else() throws IOException {
      assertThat(ask("GET /_health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ").contains("up");
      assertThat(ask("GET /secrets HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(ask("\u0016\u0003\u0001 hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void tells_what_it_counts() throws IOException {
      ask("GET /secrets HTTP/1.1\r\n\r\n");

      assertThat(ask("GET /metrics HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("\noutbound_requests_total{outcome=\"refused\"} ");
      assertThat(ask("GET /metrics/process HTTP/1.1\r\n\r\n")).contains("\"outbound-proxy\"");
    }

    private String ask(String request) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.port())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /// More than anybody wants to read.
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return '0';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, (byte) '0');
      return length;
    }
  }
}
