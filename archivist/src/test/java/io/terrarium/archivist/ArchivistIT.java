package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivistIT {
  private static final Secret INTERNAL = new Secret("internal token");
  private static final Secret SIGNING = new Secret("archivist token");
  private static final SignedPaths PATHS = new SignedPaths(List.of(Mac.sha256(SIGNING)));
  private static final Clock CLOCK = Clock.systemUTC();
  private static final ConcurrentLinkedQueue<ObjectStored> TOLD = new ConcurrentLinkedQueue<>();

  @TempDir private static Path directory;
  private static ArchivistServers servers;
  private static HttpService atlas;
  private static Service archivist;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    servers = new ArchivistServers(directory.resolve("data"));
    atlas =
        HttpService.start(
            servers.platform().vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(InternalApi.OBJECTS, call -> told(call.json(ObjectStored.class)));
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
    archivist =
        Archivist.start(
            new ArchivistConfig(
                HttpAddress.loopback(0),
                List.of(SIGNING),
                servers.objects(),
                servers.redis(),
                servers.transit(),
                URI.create("http://127.0.0.1:" + atlas.port()),
                INTERNAL),
            servers.platform());
  }

  private static Reply told(ObjectStored stored) {
    if (stored.id().equals("cv-unwanted")) {
      throw new Fault.Conflict("not wanted");
    }
    TOLD.add(stored);
    return Reply.noContent();
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    archivist.close();
    atlas.close();
    servers.close();
  }

  private static String path(Action action, String key, int attempt) {
    return path(new ObjectClaims(action, key, inAnHour(), 1L << 30, attempt, null));
  }

  private static String path(ObjectClaims claims) {
    return PATHS.sign(claims);
  }

  private static long inAnHour() {
    return CLOCK.instant().plus(Duration.ofHours(1)).getEpochSecond();
  }

  private static HttpRequest.Builder to(String path) {
    return to(archivist.port(), path);
  }

  private static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> put(String path, byte[] bytes) throws Exception {
    return send(to(path).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  private static HttpRequest.BodyPublisher withoutLength(int bytes) {
    return HttpRequest.BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(new byte[bytes]));
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return random;
  }

  @Nested
  class An_object {
    @Test
    void comes_back_as_it_was_put_whatever_its_size() throws Exception {
      for (int size : new int[] {0, 1, 65_536, (1 << 20) - 56, (1 << 20) + 1, 20_000_000}) {
        byte[] bytes = random(size);

        HttpResponse<byte[]> put = put(path(Action.WRITE, "test/" + size, 0), bytes);
        HttpResponse<byte[]> got = send(to(path(Action.READ, "test/" + size, 0)));

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(got.headers().firstValueAsLong("Content-Length")).hasValue(size);
        assertThat(got.body()).isEqualTo(bytes);
      }
    }

    @Test
    void is_encrypted_in_the_store() throws Exception {
      byte[] bytes = "a text that must not be found on disk".getBytes(StandardCharsets.UTF_8);

      int status = put(path(Action.WRITE, "test/sealed", 0), bytes).statusCode();

      assertThat(status).isEqualTo(200);
      try (Stream<Path> tree = Files.walk(directory.resolve("data"))) {
        List<Path> files =
            tree.filter(Files::isRegularFile)
                .filter(file -> file.toString().contains("sealed"))
                .toList();
        assertThat(files).isNotEmpty().noneMatch(file -> contains(file, bytes));
      }
    }

    private static boolean contains(Path file, byte[] bytes) {
      try {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        return content.contains(new String(bytes, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void is_gone_once_it_is_deleted_which_may_be_asked_twice() throws Exception {
      put(path(Action.WRITE, "test/gone", 0), random(10));
      String delete = path(Action.DELETE, "test/gone", 0);

      int byReader = send(to(path(Action.READ, "test/gone", 0)).DELETE()).statusCode();
      int kept = send(to(path(Action.READ, "test/gone", 0))).statusCode();
      int first = send(to(delete).DELETE()).statusCode();
      int again = send(to(delete).DELETE()).statusCode();

      assertThat(byReader).isGreaterThanOrEqualTo(400);
      assertThat(kept).isEqualTo(200);
      assertThat(List.of(first, again)).containsOnly(204);
      assertThat(send(to(path(Action.READ, "test/gone", 0))).statusCode()).isEqualTo(404);
    }

    @Test
    void is_read_by_ranges() throws Exception {
      byte[] bytes = random(3_000_000);
      put(path(Action.WRITE, "test/ranged", 0), bytes);

      HttpResponse<byte[]> got =
          send(to(path(Action.READ, "test/ranged", 0)).header("Range", "bytes=1048000-2100000"));

      assertThat(got.statusCode()).isEqualTo(206);
      assertThat(got.headers().firstValue("Content-Range"))
          .hasValue("bytes 1048000-2100000/3000000");
      assertThat(got.body()).isEqualTo(Arrays.copyOfRange(bytes, 1_048_000, 2_100_001));
    }

    @Test
    void is_told_to_atlas_before_its_uploader_is_answered() throws Exception {
      ObjectClaims claims =
          new ObjectClaims(
              Action.WRITE,
              "test/told",
              inAnHour(),
              100,
              0,
              new ObjectClaims.Callback("configuration-version", "cv-1"));

      int status = put(path(claims), "slug".getBytes(StandardCharsets.UTF_8)).statusCode();

      assertThat(status).isEqualTo(200);
      assertThat(TOLD)
          .anySatisfy(stored -> {
            assertThat(stored.id()).isEqualTo("cv-1");
            assertThat(stored.bytes()).isEqualTo(4);
            assertThat(stored.md5()).isEqualTo("2dbcba41b9ac4c5d22886ba672463cb4");
          });
    }

    @Test
    void that_atlas_does_not_want_is_a_conflict_for_its_uploader() throws Exception {
      ObjectClaims claims =
          new ObjectClaims(
              Action.WRITE,
              "test/unwanted",
              inAnHour(),
              100,
              0,
              new ObjectClaims.Callback("configuration-version", "cv-unwanted"));

      assertThat(put(path(claims), new byte[1]).statusCode()).isEqualTo(409);
    }

    @Test
    void that_is_larger_than_allowed_is_refused_and_not_kept() throws Exception {
      ObjectClaims small = new ObjectClaims(Action.WRITE, "test/large", inAnHour(), 10, 0, null);

      int declared = put(path(small), new byte[11]).statusCode();
      int undeclared = send(to(path(small)).PUT(withoutLength(11))).statusCode();

      assertThat(declared).isEqualTo(413);
      assertThat(undeclared).isEqualTo(413);
      assertThat(send(to(path(Action.READ, "test/large", 0))).statusCode()).isEqualTo(404);
    }
  }

  @Nested
  class A_large_object {
    @Test
    void is_refused_as_soon_as_it_is_larger_than_allowed() throws Exception {
      ObjectClaims large =
          new ObjectClaims(Action.WRITE, "test/very-large", inAnHour(), 11 << 20, 0, null);

      HttpResponse<byte[]> refused = send(to(path(large)).PUT(withoutLength(24 << 20)));

      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("is larger than");
      assertThat(send(to(path(Action.READ, "test/very-large", 0))).statusCode()).isEqualTo(404);
    }
  }

  @Nested
  class A_path {
    @Test
    void that_was_changed_leads_nowhere() throws Exception {
      put(path(Action.WRITE, "test/signed", 0), new byte[1]);
      String path = path(Action.READ, "test/signed", 0);
      int claims = SignedPaths.PREFIX.length();
      int signature = path.indexOf('.') + 1;

      assertThat(send(to(path)).statusCode()).isEqualTo(200);
      for (int at : new int[] {claims, signature - 2, signature, path.length() - 2}) {
        String changed = changedAt(path, at);
        assertThat(send(to(changed)).statusCode()).as(changed).isEqualTo(404);
      }
    }

    private static String changedAt(String path, int at) {
      char other = path.charAt(at) == 'A' ? 'B' : 'A';
      return path.substring(0, at) + other + path.substring(at + 1);
    }

    @Test
    void that_has_expired_says_so() throws Exception {
      long before = CLOCK.instant().minusSeconds(5).getEpochSecond();
      ObjectClaims claims = new ObjectClaims(Action.READ, "test/any", before, 0, 0, null);

      HttpResponse<byte[]> answer = send(to(path(claims)));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("expired");
    }

    @Test
    void for_reading_does_not_write() throws Exception {
      assertThat(put(path(Action.READ, "test/any", 0), new byte[1]).statusCode()).isEqualTo(403);
    }
  }

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

    private static HttpResponse<byte[]> append(String log, int attempt, String query, String text)
        throws Exception {
      return send(
          to(path(Action.APPEND_LOG, log, attempt) + query)
              .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private static String read(String log, long offset, long limit) throws Exception {
      HttpResponse<byte[]> answer =
          send(to(path(Action.READ_LOG, log, 0) + "?offset=" + offset + "&limit=" + limit));
      assertThat(answer.statusCode()).isEqualTo(200);
      return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }
  }

  @Nested
  class An_archivist_with_64_megabytes {
    private static final long SIZE = 200_000_000;

    @Test
    void streams_an_object_of_200_both_ways(@TempDir Path place) throws Exception {
      try (ServerProcess small =
          ServerProcess.start(ArchivistProcess.class, 64, place, settings())) {
        HttpRequest put =
            to(small.port(), path(Action.WRITE, "test/huge", 0))
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(SIZE)))
                .build();
        HttpRequest get = to(small.port(), path(Action.READ, "test/huge", 0)).build();

        int status = HTTP.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
        HttpResponse<InputStream> got = HTTP.send(get, HttpResponse.BodyHandlers.ofInputStream());

        assertThat(status).as(small.log()).isEqualTo(200);
        assertThat(got.statusCode()).isEqualTo(200);
        try (InputStream content = got.body()) {
          assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(SIZE);
        }
        assertThat(small.log()).doesNotContain("OutOfMemoryError");
      }
    }

    private static Map<String, String> settings() {
      Map<String, String> settings = servers.variables();
      settings.put("TERRARIUM_ARCHIVIST_PORT", "0");
      settings.put("TERRARIUM_ARCHIVIST_TOKEN", SIGNING.value());
      settings.put("TERRARIUM_INTERNAL_API_TOKEN", INTERNAL.value());
      settings.put("TERRARIUM_ROUTER_INTERNAL_URL", "http://127.0.0.1:" + atlas.port());
      return settings;
    }
  }

  /// So many zeros.
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
