package io.terrarium.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(20)
class RequestIdIT {
  private static final String NAME = "io.terrarium.test.requests";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Pattern ANSWERED =
      Pattern.compile("(?i)^x-request-id: ([^\r\n]*)$", Pattern.MULTILINE);

  private final Vertx vertx = Vertx.vertx();
  @AutoClose private final CapturedLog captured = CapturedLog.of(NAME, new JsonLines());
  private final HttpService service = serving("serving");

  @AfterEach
  void close() throws Exception {
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpService serving(String name) {
    return HttpService.start(
        vertx,
        name,
        HttpAddress.loopback(0),
        api ->
            api.get(
                "/it",
                _ -> {
                  LoggerFactory.getLogger(NAME).atInfo().log("asked");
                  return Reply.noContent();
                }));
  }

  /// The head of the answer to a request with these lines in its own.
  private String ask(int port, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /it HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String answered(String head) {
    Matcher matcher = ANSWERED.matcher(head);
    assertThat(matcher.find()).as(head).isTrue();
    return matcher.group(1);
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : captured.lines()) {
      lines.add(Json.SNAKE.readTree(line));
    }
    return lines;
  }

  @Nested
  class A_request {
    @Test
    void is_answered_with_the_id_that_its_lines_have() throws IOException {
      String head = ask(service.port(), "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01\r\n");

      JsonNode line = lines().getFirst();
      assertThat(line.path("request_id").asText()).isEqualTo(answered(head)).hasSize(36);
      assertThat(line.path("component").asText()).isEqualTo("serving");
      assertThat(line.path("trace_id").asText()).isEqualTo(TRACE);
    }

    @Test
    void keeps_the_id_that_its_caller_gave_it() throws IOException {
      String head = ask(service.port(), "X-Request-Id: my-own.1\r\n");

      assertThat(answered(head)).isEqualTo("my-own.1");
      assertThat(lines().getFirst().path("request_id").asText()).isEqualTo("my-own.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\",\"level\":\"ERROR", "a b", "ä", "a\tb", "<script>", " "})
    void is_given_a_new_one_for_what_is_none(String hostile) throws IOException {
      String head = ask(service.port(), "X-Request-Id: " + hostile + "\r\n");

      assertThat(answered(head)).matches("[0-9a-f-]{36}");
      assertThat(lines().getFirst().path("request_id").asText()).isEqualTo(answered(head));
    }

    @Test
    void is_given_a_new_one_for_one_that_is_too_long() throws IOException {
      String head = ask(service.port(), "X-Request-Id: " + "a".repeat(129) + "\r\n");

      assertThat(answered(head)).hasSize(36);
    }

    @Test
    void writes_no_line_of_its_own_by_a_broken_header() throws IOException {
      ask(service.port(), "X-Request-Id: a\n{\"level\":\"ERROR\"}\r\n");

      assertThat(String.join("", captured.lines())).doesNotContain("ERROR");
    }
  }

  @Nested
  class A_call_to_another_service {
    @Test
    void is_a_part_of_the_request_that_it_is_made_for() throws IOException {
      try (ServiceClient other =
              new ServiceClient(
                  URI.create("http://127.0.0.1:" + service.port()),
                  Optional.empty(),
                  Duration.ofSeconds(10));
          HttpService first =
              HttpService.start(
                  vertx,
                  "first",
                  HttpAddress.loopback(0),
                  api ->
                      api.get(
                          "/it",
                          _ -> {
                            other.get("/it", Map.of());
                            return Reply.noContent();
                          }))) {
        String head = ask(first.port(), "");

        JsonNode line = lines().getFirst();
        assertThat(line.path("component").asText()).isEqualTo("serving");
        assertThat(line.path("request_id").asText()).isEqualTo(answered(head));
      }
    }
  }
}
