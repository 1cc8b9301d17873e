package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogPathsIT extends ArchivistTrial {
  @Nested
  class A_log {
    @Test
    void is_framed_and_read_by_offset() throws Exception {
      append("logs/a", 1, "?offset=0", "hello ");
      append("logs/a", 1, "?offset=6&end=1", "world");

      assertThat(read("logs/a", 0, 1000)).isEqualTo("\u0002hello world\u0003");
      assertThat(read("logs/a", 0, 1)).isEqualTo("\u0002");
      assertThat(read("logs/a", 1, 5)).isEqualTo("hello");
      assertThat(read("logs/a", 12, 10)).isEqualTo("\u0003");
      assertThat(read("logs/a", 13, 10)).isEmpty();
    }

    @Test
    void that_is_deleted_is_gone_from_store_and_tail() throws Exception {
      append("logs/deleted", 1, "?offset=0&end=1", "stored");
      append("logs/deleted-too", 1, "?offset=0", "in the tail");
      append("logs/deleted-not", 1, "?offset=0&end=1", "stays");

      List<Integer> statuses = new ArrayList<>();
      for (String log : List.of("logs/deleted", "logs/deleted-too", "logs/deleted")) {
        statuses.add(send(to(path(Action.DELETE_LOG, log, 0)).DELETE()).statusCode());
      }

      assertThat(statuses).containsOnly(204);
      assertThat(read("logs/deleted", 0, 100)).isEmpty();
      assertThat(read("logs/deleted-too", 0, 100)).isEmpty();
      assertThat(read("logs/deleted-not", 0, 100)).isEqualTo("\u0002stays\u0003");
      assertThat(send(to(path(Action.READ_LOG, "logs/deleted-not", 0)).DELETE()).statusCode())
          .isEqualTo(403);
    }

    @Test
    void that_has_not_begun_is_empty() throws Exception {
      assertThat(read("logs/none", 0, 100)).isEmpty();
    }

    @Test
    void takes_repetitions_once_and_refuses_gaps() throws Exception {
      append("logs/b", 1, "?offset=0", "abc");

      HttpResponse<byte[]> repeated = append("logs/b", 1, "?offset=1", "bcd");
      HttpResponse<byte[]> gap = append("logs/b", 1, "?offset=9", "x");

      assertThat(new String(repeated.body(), StandardCharsets.UTF_8)).contains("\"length\":4");
      assertThat(gap.statusCode()).isEqualTo(409);
      assertThat(read("logs/b", 0, 100)).isEqualTo("\u0002abcd");
    }

    @Test
    void belongs_to_the_newest_attempt() throws Exception {
      append("logs/c", 1, "?offset=0", "one ");
      append("logs/c", 2, "", "two");

      HttpResponse<byte[]> stale = append("logs/c", 1, "?offset=7", "late");

      assertThat(stale.statusCode()).isEqualTo(409);
      assertThat(stale.headers().firstValue("X-Terrarium-Reason")).hasValue("stale-attempt");
      assertThat(read("logs/c", 0, 100)).isEqualTo("\u0002one two");
    }

    @Test
    void survives_that_redis_loses_its_memory() throws Exception {
      String first = "x".repeat(600_000);
      append("logs/d", 1, "?offset=0", first);
      append("logs/d", 1, "?offset=600000", "tail");
      try (Redis redis = Redis.open(servers.redis(), "test", Duration.ofSeconds(10))) {
        redis.call(Command.of("FLUSHALL"));
      }

      HttpResponse<byte[]> resumed = append("logs/d", 1, "?offset=600004", "more");
      append("logs/d", 1, "?offset=600000&end=1", "tailmore");

      assertThat(resumed.statusCode()).isEqualTo(409);
      assertThat(new String(resumed.body(), StandardCharsets.UTF_8)).contains("600000");
      assertThat(read("logs/d", 0, 1_000_000)).isEqualTo("\u0002" + first + "tailmore\u0003");
    }

    @Test
    void is_read_across_its_segments() throws Exception {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        String part = ("line " + i + " ").repeat(8_000);
        append("logs/e", 1, "?offset=" + all.length(), part);
        all.append(part);
      }
      append("logs/e", 1, "?end=1", "");

      StringBuilder seen = new StringBuilder();
      for (String slice = read("logs/e", 0, 65_536);
          !slice.isEmpty();
          slice = read("logs/e", seen.length(), 65_536)) {
        seen.append(slice);
      }

      assertThat(seen.toString()).isEqualTo("\u0002" + all + "\u0003");
    }

    private HttpResponse<byte[]> append(String log, int attempt, String query, String text)
        throws Exception {
      return send(
          to(path(Action.APPEND_LOG, log, attempt) + query)
              .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private String read(String log, long offset, long limit) throws Exception {
      HttpResponse<byte[]> answer =
          send(to(path(Action.READ_LOG, log, 0) + "?offset=" + offset + "&limit=" + limit));
      assertThat(answer.statusCode()).isEqualTo(200);
      return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }
  }
}
