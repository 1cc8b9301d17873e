package io.terrarium.kernel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.terrarium.testsupport.LocalServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceClientIT {
  private final CountDownLatch isOver = new CountDownLatch(1);
  private LocalServer server;
  private ServiceClient client;

  @BeforeEach
  void start() {
    server = LocalServer.start(this::answer);
    client = new ServiceClient(server.address(), Optional.empty(), Duration.ofMillis(500));
  }

  @AfterEach
  void stop() {
    isOver.countDown();
    client.close();
    server.close();
  }

  /// Half of the body, and then nothing for as long as the test takes.
  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/whole")) {
      LocalServer.answer(exchange, 200, "{\"half\":1}");
      return;
    }
    try (exchange) {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write("{\"half\":".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      isOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Nested
  class A_body {
    @Test
    void that_stalls_ends_the_stream_with_a_timeout() throws IOException {
      try (InputStream body = client.get("/stalls", Map.of()).orElseThrow()) {
        assertThat(body.readNBytes(8)).asString(StandardCharsets.UTF_8).isEqualTo("{\"half\":");
        assertThatThrownBy(body::read).isInstanceOf(HttpTimeoutException.class);
      }
    }

    @Test
    void that_stalls_is_a_passing_fault_where_it_is_read_at_once() {
      assertThatThrownBy(() -> client.post("/stalls", Map.of(), Map.of()))
          .isInstanceOfSatisfying(
              ServiceFault.class, fault -> assertThat(fault.isPassing()).isTrue());
    }

    @Test
    void that_comes_is_read() throws IOException {
      try (InputStream body = client.get("/whole", Map.of()).orElseThrow()) {
        assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("{\"half\":1}");
      }
    }
  }
}
