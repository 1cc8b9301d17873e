package io.terrarium.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.runtime.Topics;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventFeedIT {
  private final Topics topics = new Topics();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Vertx vertx;
  private HttpService service;
  private HttpClient client;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    service =
        HttpService.start(
            vertx,
            "telling",
            HttpAddress.loopback(0),
            api -> api.get("/events", _ -> Reply.events(new Ticks(topics.watch("tick")))));
  }

  @AfterEach
  void close() throws Exception {
    client.shutdownNow();
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private final class Ticks implements EventFeed {
    private final Topics.Watch watch;

    Ticks(Topics.Watch watch) {
      this.watch = watch;
    }

    @Override
    public Optional<String> next(Duration longest) throws InterruptedException {
      boolean isTold = watch.await(longest);
      return watch.isClosed()
          ? Optional.empty()
          : Optional.of(isTold ? EventFeed.event("tick", "") : "");
    }

    @Override
    public void close() {
      watch.close();
      closed.countDown();
    }
  }

  private InputStream events() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/events"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  private static String read(InputStream events, int count) throws Exception {
    return new String(events.readNBytes(count), StandardCharsets.UTF_8);
  }

  @Nested
  class A_reader {
    @Test
    void gets_each_event_when_it_is_told() throws Exception {
      try (InputStream events = events()) {
        assertThat(read(events, 3)).as("at once, so that the headers are there").isEqualTo(":\n\n");
        topics.wake("tick");
        assertThat(read(events, 20)).isEqualTo("event: tick\ndata: \n\n");
        topics.wake("tick");
        assertThat(read(events, 20)).isEqualTo("event: tick\ndata: \n\n");
      }
    }

    @Test
    void who_goes_away_is_waited_for_no_longer() throws Exception {
      InputStream events = events();
      read(events, 3);

      events.close();

      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Nested
  class A_service_that_closes {
    @Test
    void ends_the_streams_that_are_open() throws Exception {
      try (InputStream events = events()) {
        read(events, 3);

        service.close();

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
