package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.testsupport.ServerProcess;
import io.terrarium.testsupport.Zeros;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsIT extends ArchivistTrial {
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
    void that_was_sent_compressed_is_read_as_its_reader_wants_it() throws Exception {
      byte[] clear = "schemas of providers ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
      byte[] compressed = compressed(clear);
      String write = path(Action.WRITE, "test/schemas.json", 0);
      int status =
          send(to(write)
                  .header("Content-Encoding", "gzip")
                  .PUT(HttpRequest.BodyPublishers.ofByteArray(compressed)))
              .statusCode();

      HttpResponse<byte[]> plain = get("test/schemas.json", "Accept-Encoding", "gzip;q=0");
      HttpResponse<byte[]> taken = get("test/schemas.json", "Accept-Encoding", "br, GZIP;q=0.5");
      HttpResponse<byte[]> part = get("test/schemas.json", "Range", "bytes=0-9");

      assertThat(status).isEqualTo(200);
      assertThat(plain.body()).isEqualTo(clear);
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(taken.body()).isEqualTo(compressed);
      assertThat(taken.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(taken.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(part.statusCode()).isEqualTo(200);
      assertThat(part.body()).isEqualTo(clear);
    }

    private HttpResponse<byte[]> get(String key, String header, String value) throws Exception {
      return send(to(path(Action.READ, key, 0)).header(header, value));
    }

    private static byte[] compressed(byte[] clear) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(bytes)) {
        out.write(clear);
      }
      return bytes.toByteArray();
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
      assertThat(told)
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

        int status = http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
        HttpResponse<InputStream> got = http.send(get, HttpResponse.BodyHandlers.ofInputStream());

        assertThat(status).as(small.log()).isEqualTo(200);
        assertThat(got.statusCode()).isEqualTo(200);
        try (InputStream content = got.body()) {
          assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(SIZE);
        }
        assertThat(small.log()).doesNotContain("OutOfMemoryError");
      }
    }
  }
}
