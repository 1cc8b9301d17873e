package io.terrarium.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Aead;
import io.terrarium.operations.backup.SnapshotRecord.End;
import io.terrarium.operations.backup.SnapshotRecord.StoredObject;
import io.terrarium.operations.backup.SnapshotRecord.Table;
import io.terrarium.operations.backup.SnapshotRecord.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Secret PASSWORD = new Secret("correct horse");
  private static final byte[] SALT = new byte[SnapshotKey.SALT_BYTES];

  /// The least that is taken, so that the test does not take long.
  private static final int ITERATIONS = 100_000;

  private static final byte[] LARGE = Aead.random(700_000);

  private static byte[] snapshot(int format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotKey key = SnapshotKey.of(PASSWORD, SALT, ITERATIONS);
    SnapshotHeader header = new SnapshotHeader(format, "0.1.0", "34", SALT, ITERATIONS);
    SnapshotWriter writer = SnapshotWriter.begin(header, key, bytes);
    writer.object(new StoredObject("a/b", "gzip"), new ByteArrayInputStream(LARGE));
    writer.absent("a/c");
    writer.beginTable(new Table("users", List.of("id", "name")));
    writer.rows("1\tada\n".getBytes(StandardCharsets.UTF_8), 1);
    writer.endTable();
    writer.sequence(new SnapshotRecord.Sequence("users", "id", 1, true));
    writer.end();
    return bytes.toByteArray();
  }

  private static List<SnapshotRecord> read(byte[] snapshot, Secret password) throws IOException {
    SnapshotReader reader = SnapshotReader.open(new ByteArrayInputStream(snapshot), password);
    List<SnapshotRecord> records = new ArrayList<>();
    do {
      records.add(reader.next());
      if (records.getLast() instanceof StoredObject || records.getLast() instanceof Table) {
        reader.content().readAllBytes();
      }
    } while (!(records.getLast() instanceof End));
    return records;
  }

  @Nested
  class A_snapshot {
    @Test
    void gives_back_what_was_written() throws IOException {
      SnapshotReader reader =
          SnapshotReader.open(new ByteArrayInputStream(snapshot(SnapshotHeader.FORMAT)), PASSWORD);

      assertThat(reader.next()).isEqualTo(new StoredObject("a/b", "gzip"));
      assertThat(reader.content().readAllBytes()).isEqualTo(LARGE);
    }

    @Test
    void ends_with_a_count_of_what_is_in_it() throws IOException {
      assertThat(read(snapshot(SnapshotHeader.FORMAT), PASSWORD))
          .last()
          .isEqualTo(new End(new Tally(1, 1, 0, 1, 1)));
    }

    @Test
    void shows_who_checks_it_what_was_missing_in_the_store() throws IOException {
      byte[] whole = snapshot(SnapshotHeader.FORMAT);

      assertThat(SnapshotCheck.of(new ByteArrayInputStream(whole), PASSWORD))
          .isEqualTo(new SnapshotCheck("34", 1, 1, 0, 1));
    }

    @Test
    void is_refused_wherever_it_is_cut() throws IOException {
      byte[] whole = snapshot(SnapshotHeader.FORMAT);
      int step = whole.length / 30;

      assertThat(IntStream.iterate(whole.length - 1, at -> at >= 0, at -> at - step))
          .allSatisfy(length ->
              assertThatThrownBy(() -> read(Arrays.copyOf(whole, length), PASSWORD))
                  .isInstanceOf(Fault.class));
    }

    @Test
    void is_refused_wherever_a_bit_is_flipped() throws IOException {
      byte[] whole = snapshot(SnapshotHeader.FORMAT);
      int step = whole.length / 30;
      IntStream header = IntStream.iterate(0, at -> at < 260, at -> at + 20);
      IntStream rest = IntStream.iterate(whole.length - 1, at -> at >= 260, at -> at - step);

      assertThat(IntStream.concat(header, rest))
          .allSatisfy(at -> {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            assertThatThrownBy(() -> read(flipped, PASSWORD)).isInstanceOf(Fault.class);
          });
    }

    @Test
    void is_refused_with_more_behind_it() throws IOException {
      byte[] whole = snapshot(SnapshotHeader.FORMAT);

      assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1), PASSWORD))
          .isInstanceOf(Fault.BadRequest.class);
    }

    @Test
    void says_that_the_password_is_not_its_own() throws IOException {
      byte[] whole = snapshot(SnapshotHeader.FORMAT);

      assertThatThrownBy(() -> read(whole, new Secret("battery staple")))
          .isInstanceOf(Fault.BadRequest.class)
          .hasMessageContaining("password");
    }

    @Test
    void of_another_format_names_the_release_that_wrote_it() throws IOException {
      byte[] other = snapshot(SnapshotHeader.FORMAT + 1);

      assertThatThrownBy(() -> read(other, PASSWORD))
          .isInstanceOf(Fault.Conflict.class)
          .hasMessageContaining("format 2")
          .hasMessageContaining("0.1.0");
    }
  }
}
