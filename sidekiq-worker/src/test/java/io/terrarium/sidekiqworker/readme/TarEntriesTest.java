package io.terrarium.sidekiqworker.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TarEntriesTest {
  private static final long LIMIT = 1024 * 1024;

  private static TarEntries entries(byte[] unpacked) {
    return new TarEntries(new ByteArrayInputStream(unpacked), LIMIT);
  }

  /// What is read up to the end.
  private static void readAll(TarEntries entries) throws IOException {
    while (entries.next().isPresent()) {
      entries.read(10);
    }
  }

  /// A header with this kind and size, whose checksum is right.
  private static byte[] header(char kind, String size) {
    byte[] header = new byte[512];
    put(header, 0, "name");
    put(header, 124, size);
    put(header, 148, " ".repeat(8));
    header[156] = (byte) kind;
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] extended(String records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header('x', "%011o".formatted(records.length())));
    bytes.write(records.getBytes(StandardCharsets.US_ASCII));
    bytes.write(new byte[512 - records.length() % 512]);
    bytes.write(header('0', "0"));
    return bytes.toByteArray();
  }

  @Nested
  class An_archive {
    @Test
    void is_read_up_to_its_end() throws IOException {
      TarEntries entries =
          entries(new ASlug().file("a", "1234567890").link("b", "a").file("c", "3").unpacked());

      assertThat(entries.next()).hasValue(new TarEntries.Entry("a", true, 10));
      assertThat(entries.read(4)).asString(StandardCharsets.US_ASCII).isEqualTo("1234");
      assertThat(entries.next()).hasValue(new TarEntries.Entry("b", false, 0));
      assertThat(entries.next()).hasValue(new TarEntries.Entry("c", true, 1));
      assertThat(entries.read(4)).asString(StandardCharsets.US_ASCII).isEqualTo("3");
      assertThat(entries.next()).isEmpty();
    }

    @Test
    void that_is_too_large_in_all_is_not_read_further() {
      TarEntries entries =
          entries(new ASlug().file("a", new byte[600_000]).file("b", new byte[600_000]).unpacked());

      assertThatThrownBy(() -> readAll(entries)).hasMessage("the archive is too large");
    }

    @Test
    void of_directories_alone_comes_to_the_limit_too() throws IOException {
      ByteArrayOutputStream directories = new ByteArrayOutputStream();
      while (directories.size() <= LIMIT) {
        directories.write(header('5', "0"));
      }

      assertThatThrownBy(() -> readAll(entries(directories.toByteArray())))
          .hasMessage("the archive is too large");
    }
  }

  @Nested
  class A_header {
    @Test
    void that_tells_of_a_huge_file_is_not_believed() {
      for (String size : new String[] {"77777777777", "\u0080\0\0\0\u007f", "\u00ff".repeat(12)}) {
        assertThatThrownBy(() -> readAll(entries(header('0', size))))
            .hasMessage("the archive is too large");
      }
    }

    @Test
    void that_tells_of_a_huge_name_is_not_believed() {
      for (char kind : new char[] {'L', 'x'}) {
        assertThatThrownBy(() -> readAll(entries(header(kind, "0000400000"))))
            .hasMessage("the archive has a name that is too long");
      }
    }

    @Test
    void of_a_directory_has_no_content_whatever_it_says() throws IOException {
      assertThat(entries(header('5', "0000001000")).next())
          .hasValue(new TarEntries.Entry("name", false, 0));
    }

    @Test
    void whose_records_are_broken_ends_the_reading() throws IOException {
      String[] broken = {
        "5 a=",
        "4 a=",
        "0 a=b\n",
        "-9 a=b\n",
        "99 path=b\n",
        "9999999999999 a=b\n",
        "x a=b\n",
        "path=b\n",
        "8 path\n",
        "2147483647 a=b\n"
      };
      for (String records : broken) {
        byte[] archive = extended(records);

        assertThatThrownBy(() -> readAll(entries(archive)))
            .as(records)
            .isInstanceOf(IOException.class);
      }
    }

    @Test
    void tells_a_name_and_a_size_of_another_kind() throws IOException {
      assertThat(entries(extended("14 path=other\n10 size=0\n17 comment=a b=c\n")).next())
          .hasValue(new TarEntries.Entry("other", true, 0));
    }
  }
}
