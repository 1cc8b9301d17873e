package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.vault.Transit;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final String SIX_HUNDRED_THOUSAND = "0123456789".repeat(60_000);

  @TempDir private static Path directory;
  private static ArchivistServers servers;
  private static Redis redis;
  private static Transit transit;
  private static ObjectStore objects;
  private static ObjectStore gone;
  private static LogTail tail;
  private static SealedStore store;
  private static Logs logs;
  private static Logs logsWithoutStore;

  @BeforeAll
  static void start() {
    servers = new ArchivistServers(directory.resolve("data"));
    redis = Redis.open(servers.redis(), "logs-it", Duration.ofSeconds(10));
    transit = new Transit(servers.transit());
    objects = ObjectStore.open(servers.objects(), 1);
    objects.ensureBucket();
    gone = ObjectStore.open(servers.objectsAt(NOWHERE), 1);
    DataKeys keys = new DataKeys(transit);
    tail = new LogTail(redis, keys);
    store = new SealedStore(objects, keys, servers.platform().ids());
    logs = new Logs(tail, store);
    logsWithoutStore = new Logs(tail, new SealedStore(gone, keys, servers.platform().ids()));
  }

  @AfterAll
  static void stop() {
    gone.close();
    objects.close();
    transit.close();
    redis.close();
    servers.close();
  }

  @Nested
  class A_segment {
    @Test
    void is_not_replaced_by_a_shorter_one_that_comes_late() {
      append(logs, "logs/late", 0, SIX_HUNDRED_THOUSAND);

      put(Segment.key("logs/late", 0, 530_000), SIX_HUNDRED_THOUSAND.substring(0, 530_000));

      assertThat(read("logs/late")).isEqualTo("\u0002" + SIX_HUNDRED_THOUSAND);
      forget("logs/late");
      assertThat(read("logs/late")).isEqualTo("\u0002" + SIX_HUNDRED_THOUSAND);
    }

    @Test
    void without_an_end_in_its_key_is_read_as_before() {
      put("logs/old/segment-0000000000000000", "from ");
      put("logs/old/segment-0000000000000005", "before");

      append(logs, "logs/old", 11, " on");

      assertThat(read("logs/old")).isEqualTo("\u0002from before on");
    }
  }

  @Nested
  class A_log_while_the_object_store_is_away {
    @Test
    void does_not_grow_beyond_a_segment_and_goes_on_afterwards() {
      append(logs, "logs/away", 0, "");

      assertThatThrownBy(() -> append(logsWithoutStore, "logs/away", 0, SIX_HUNDRED_THOUSAND))
          .hasRootCauseInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> append(logsWithoutStore, "logs/away", 600_000, "more"))
          .hasRootCauseInstanceOf(ConnectException.class);

      assertThat(tail.meta("logs/away").orElseThrow().length()).isEqualTo(600_000);
      append(logs, "logs/away", 600_000, "more");
      assertThat(read("logs/away")).isEqualTo("\u0002" + SIX_HUNDRED_THOUSAND + "more");
    }
  }

  private static void append(Logs to, String log, long offset, String text) {
    to.append(log, 1, OptionalLong.of(offset), text.getBytes(StandardCharsets.UTF_8), false);
  }

  private static void put(String key, String text) {
    store.put(key, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(String log) {
    return new String(logs.read(log, 0, 1_000_000), StandardCharsets.UTF_8);
  }

  private static void forget(String log) {
    redis.call(Command.of("DEL", "archivist:" + log, "archivist:" + log + ":chunks"));
  }
}
