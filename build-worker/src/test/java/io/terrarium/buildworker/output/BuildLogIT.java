package io.terrarium.buildworker.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.testsupport.LocalServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over HTTP, with answers that archivist gives when something is amiss.
class BuildLogIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private LocalServer server;
  private ServiceClient client;
  private final ByteArrayOutputStream stored = new ByteArrayOutputStream();

  /// Answers instead of the ordinary ones, while there are any.
  private final Queue<Answer> amiss = new ArrayDeque<>();

  private record Answer(int status, String body, String reason) {}

  @BeforeEach
  void start() {
    server = LocalServer.start(this::append);
    client = new ServiceClient(server.address(), Optional.empty(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private synchronized void append(HttpExchange exchange) throws IOException {
    byte[] piece = exchange.getRequestBody().readAllBytes();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Answer answer = amiss.poll();
    if (answer == null) {
      boolean fits = !query.contains("offset=") || query.contains("offset=" + stored.size());
      if (fits) {
        stored.writeBytes(piece);
      }
      boolean isEnded = fits && query.contains("end=1");
      answer = new Answer(fits ? 200 : 409, position(stored.size(), isEnded), "");
    }
    exchange.getResponseHeaders().set("X-Terrarium-Reason", answer.reason());
    LocalServer.answer(exchange, answer.status(), answer.body());
  }

  private static String position(long length, boolean ended) {
    return "{\"length\":" + length + ",\"ended\":" + ended + "}";
  }

  /// Writes a line, ends the log, and says whether all arrived.
  private boolean write(String line) throws InterruptedException {
    try (BuildLog log =
        new BuildLog(new RemoteLog(client, "/log", Map::of), directory.resolve("spool"))) {
      log.line(line);
      return log.end(LONG);
    }
  }

  private synchronized String stored() {
    return stored.toString(StandardCharsets.UTF_8);
  }

  @Nested
  class A_log {
    @Test
    void goes_on_where_an_earlier_attempt_stopped() throws InterruptedException {
      stored.writeBytes("before\n".getBytes(StandardCharsets.UTF_8));

      boolean isWhole = write("after");

      assertThat(isWhole).isTrue();
      assertThat(stored()).isEqualTo("before\nafter\n");
    }

    @Test
    void learns_its_beginning_from_a_refusal_too() throws InterruptedException {
      stored.writeBytes("before\n".getBytes(StandardCharsets.UTF_8));
      amiss.add(new Answer(409, position(7, false), ""));

      boolean isWhole = write("after");

      assertThat(isWhole).isTrue();
      assertThat(stored()).isEqualTo("before\nafter\n");
    }

    @Test
    void asks_again_when_a_refusal_does_not_say_where_to_resume() throws InterruptedException {
      amiss.add(new Answer(409, "{\"errors\":[]}", ""));

      boolean isWhole = write("hello");

      assertThat(isWhole).isTrue();
      assertThat(stored()).isEqualTo("hello\n");
    }

    @Test
    void sends_again_what_archivist_has_lost() throws InterruptedException {
      amiss.add(new Answer(200, position(0, false), ""));
      amiss.add(new Answer(409, position(0, false), ""));

      boolean isWhole = write("hello");

      assertThat(isWhole).isTrue();
      assertThat(stored()).isEqualTo("hello\n");
    }

    @Test
    void goes_on_when_an_earlier_attempt_was_lost() throws InterruptedException {
      amiss.add(new Answer(200, position(100, false), ""));

      boolean isWhole = write("hello");

      assertThat(isWhole).isTrue();
      assertThat(stored()).isEqualTo("hello\n");
    }

    @Test
    void that_archivist_refuses_is_not_whole() throws InterruptedException {
      amiss.add(new Answer(403, "{}", ""));

      assertThat(write("hello")).isFalse();
    }

    @Test
    void that_a_newer_attempt_has_taken_over_is_not_whole() throws InterruptedException {
      amiss.add(new Answer(409, position(0, false), "stale-attempt"));

      assertThat(write("hello")).isFalse();
    }

    @Test
    void that_somebody_else_has_ended_is_not_whole() throws InterruptedException {
      amiss.add(new Answer(200, position(0, false), ""));
      amiss.add(new Answer(200, position(3, true), ""));

      assertThat(write("hello")).isFalse();
    }
  }
}
