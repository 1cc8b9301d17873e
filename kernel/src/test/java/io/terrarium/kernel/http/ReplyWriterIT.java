package io.terrarium.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.client.ServiceClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReplyWriterIT {
  private Vertx vertx;
  private HttpClient client;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void close() throws Exception {
    client.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Nested
  class A_streamed_answer_that_breaks_in_its_middle {
    @Test
    void breaks_at_its_reader_whatever_broke_it() {
      try (HttpService service =
          HttpService.start(
              vertx,
              "breaking",
              HttpAddress.loopback(0),
              api -> api.get("/half", _ -> Reply.stream(200, "text/plain", new Half(), 200_000)))) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/half"))
                .build();

        assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Nested
  class A_request_that_needs_a_server_which_is_away {
    @Test
    void is_told_so_and_not_of_a_bug() throws Exception {
      try (ServiceClient away =
              new ServiceClient(
                  URI.create("http://127.0.0.1:1"), Optional.empty(), Duration.ofSeconds(10));
          HttpService service =
              HttpService.start(
                  vertx,
                  "needing",
                  HttpAddress.loopback(0),
                  api -> api.get("/it", _ -> Reply.json(200, away.get("/x", Map.of()))))) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/it"))
                .build();

        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
            .contains("service unavailable", "Try again in a moment")
            .doesNotContain("127.0.0.1");
      }
    }
  }

  /// Gives half of what was promised, and then fails as no stream should.
  private static final class Half extends InputStream {
    private int left = 100_000;

    @Override
    public int read() {
      if (left == 0) {
        throw new IllegalStateException("the store behind is gone");
      }
      left--;
      return 'a';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.clamp(left, 1, length);
      for (int i = 0; i < count; i++) {
        target[offset + i] = (byte) read();
      }
      return count;
    }
  }
}
