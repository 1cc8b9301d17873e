package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Logs that a browser follows as they grow.
@Timeout(60)
class FollowedLogIT extends ArchivistTrial {
  private void append(String log, String query, byte[] bytes) throws Exception {
    HttpResponse<byte[]> answer =
        send(
            to(path(Action.APPEND_LOG, log, 1) + query)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void append(String log, String query, String text) throws Exception {
    append(log, query, text.getBytes(StandardCharsets.UTF_8));
  }

  /// All that is told until the end, as it came.
  private CompletableFuture<String> follow(String log, String query, String... headers) {
    HttpRequest.Builder request = to(path(Action.READ_LOG, log, 0) + "?follow=1" + query);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  private static String text(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("data: \""))
        .map(line -> word(line.substring("data: ".length())))
        .collect(Collectors.joining());
  }

  private static String word(String json) {
    try {
      return Json.SNAKE.readValue(json, JsonNode.class).asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  @Nested
  class A_log {
    @Test
    void is_told_as_it_grows_and_whole_characters_at_a_time() throws Exception {
      append("logs/grows", "?offset=0", "first\n");
      HttpRequest request = to(path(Action.READ_LOG, "logs/grows", 0) + "?follow=1").build();
      HttpResponse<InputStream> open =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      StringBuilder seen = new StringBuilder();
      Thread reader = Thread.ofVirtual().start(() -> readInto(open.body(), seen));
      Eventually.until("the first line", () -> text(seen(seen)).equals("first\n"));
      byte[] umlaut = "ä".getBytes(StandardCharsets.UTF_8);

      append("logs/grows", "?offset=6", new byte[] {umlaut[0]});
      append("logs/grows", "?offset=7", new byte[] {umlaut[1], 'b'});

      Eventually.until("the rest", () -> text(seen(seen)).equals("first\näb"));
      assertThat(seen(seen)).doesNotContain("event: end");
      append("logs/grows", "?offset=9&end=1", "");
      reader.join();
      assertThat(seen(seen)).endsWith("event: end\ndata: \n\n");
    }

    private static String seen(StringBuilder seen) {
      synchronized (seen) {
        return seen.toString();
      }
    }

    private static void readInto(InputStream in, StringBuilder seen) {
      byte[] buffer = new byte[1024];
      try (in) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          synchronized (seen) {
            seen.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
          }
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Test
    void that_is_over_is_told_in_the_same_way() throws Exception {
      String all = "line with ä\n".repeat(20_000);
      append("logs/over", "?offset=0&end=1", all);

      String events = follow("logs/over", "").join();

      assertThat(text(events)).isEqualTo(all);
      assertThat(events).endsWith("event: end\ndata: \n\n");
    }

    @Test
    void goes_on_where_a_reader_was_who_has_lost_the_connection() throws Exception {
      append("logs/resumed", "?offset=0&end=1", "abcdef");

      String byOffset = follow("logs/resumed", "&offset=3").join();
      String byId = follow("logs/resumed", "&offset=1", "Last-Event-ID", "5").join();

      assertThat(text(byOffset)).isEqualTo("cdef");
      assertThat(text(byId)).isEqualTo("ef");
    }

    @Test
    void is_read_raw_and_whole() throws Exception {
      String all = "0123456789".repeat(100_000);
      append("logs/raw", "?offset=0&end=1", all);

      HttpResponse<byte[]> raw = send(to(path(Action.READ_LOG, "logs/raw", 0) + "?raw=1"));

      assertThat(new String(raw.body(), StandardCharsets.UTF_8)).isEqualTo(all);
      assertThat(raw.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
  }
}
