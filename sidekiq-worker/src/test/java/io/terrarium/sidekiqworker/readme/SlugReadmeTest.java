package io.terrarium.sidekiqworker.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlugReadmeTest {
  private static final String DEEP = "live/" + "a-long-name-of-a-directory/".repeat(12) + "here";

  private static Optional<String> readme(ASlug slug, String workingDirectory) {
    return readme(slug.packed(), workingDirectory);
  }

  private static Optional<String> readme(byte[] packed, String workingDirectory) {
    return SlugReadme.of(new ByteArrayInputStream(packed), workingDirectory);
  }

  @Nested
  class The_readme_of_a_slug {
    @Test
    void is_that_of_the_root() {
      ASlug slug =
          new ASlug()
              .directory("./modules/")
              .file("./modules/README.md", "of a module")
              .file("./README.md", "# Hello, Zoë\n")
              .file("./main.tf", "");

      assertThat(readme(slug, "")).hasValue("# Hello, Zoë\n");
    }

    @Test
    void is_that_of_the_working_directory_wherever_it_stands() {
      assertThat(readme(new ASlug().file("README.md", "root").file("a/b/README.md", "own"), "a/b"))
          .hasValue("own");
      assertThat(
              readme(new ASlug().file("a/b/readme.md", "own").file("README.md", "root"), "a//b/"))
          .hasValue("own");
    }

    @Test
    void is_that_of_the_root_where_the_working_directory_has_none() {
      assertThat(readme(new ASlug().file("README.md", "root").file("a/b/main.tf", ""), "a/b"))
          .hasValue("root");
    }

    @Test
    void may_be_written_in_any_case_but_capitals_come_first() {
      assertThat(readme(new ASlug().file("ReadMe.MD", "mixed"), "")).hasValue("mixed");
      assertThat(readme(new ASlug().file("readme.md", "small").file("README.md", "large"), ""))
          .hasValue("large");
    }

    @Test
    void is_found_below_long_names_in_each_way_of_telling_them() {
      String name = DEEP + "/README.md";

      assertThat(readme(new ASlug().file(name, "posix").file("b", "b"), DEEP)).hasValue("posix");
      assertThat(readme(new ASlug().gnu().file(name, "gnu").file("b", "b"), DEEP)).hasValue("gnu");
      assertThat(readme(new ASlug().file("zoë/README.md", "letters"), "zoë")).hasValue("letters");
    }

    @Test
    void is_cut_between_two_characters_where_it_is_long() {
      String text = "x" + "é".repeat(SlugReadme.MARKDOWN_BYTES_MAX);

      Optional<String> readme = readme(new ASlug().file("README.md", text), "");

      assertThat(readme).hasValue("x" + "é".repeat(SlugReadme.MARKDOWN_BYTES_MAX / 2 - 1));
    }

    @Test
    void is_found_behind_all_that_a_gzip_file_may_begin_with() throws IOException {
      byte[] plain = new ASlug().file("README.md", "# Hello").packed();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3});
      bytes.write(new byte[] {3, 0, 1, 2, 3});
      bytes.write("slug.tar\0a comment\0".getBytes(StandardCharsets.US_ASCII));
      bytes.write(new byte[] {1, 2});
      bytes.write(plain, 10, plain.length - 10);

      assertThat(readme(bytes.toByteArray(), "")).hasValue("# Hello");
    }

    @Test
    void may_be_empty_and_loses_its_byte_order_mark() {
      assertThat(readme(new ASlug().file("README.md", ""), "")).hasValue("");
      assertThat(readme(new ASlug().file("README.md", "\uFEFF# Hello"), "")).hasValue("# Hello");
    }
  }

  @Nested
  class There_is_no_readme {
    @Test
    void in_other_directories_or_under_other_names() {
      ASlug slug =
          new ASlug()
              .file("docs/README.md", "x")
              .file("README", "x")
              .file("README.md.bak", "x")
              .file("../README.md", "x");

      assertThat(readme(slug, "a")).isEmpty();
    }

    @Test
    void that_is_a_link_or_a_directory() {
      assertThat(readme(new ASlug().link("README.md", "/etc/passwd"), "")).isEmpty();
      assertThat(readme(new ASlug().directory("README.md/"), "")).isEmpty();
    }

    @Test
    void that_is_no_text() {
      byte[] latin = "Zoë".getBytes(StandardCharsets.ISO_8859_1);

      assertThat(readme(new ASlug().file("README.md", latin), "")).isEmpty();
      assertThat(readme(new ASlug().file("README.md", "a\0b"), "")).isEmpty();
    }

    @Test
    void in_what_is_no_slug() {
      assertThat(readme(new byte[0], "")).isEmpty();
      assertThat(readme("slug".getBytes(StandardCharsets.UTF_8), "")).isEmpty();
      assertThat(readme(ASlug.pack("no tar".repeat(500).getBytes(StandardCharsets.UTF_8)), ""))
          .isEmpty();
      assertThat(readme(ASlug.pack(new byte[0]), "")).isEmpty();
    }

    @Test
    void behind_more_empty_members_than_a_stack_has_room_for() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] member = ASlug.pack(new byte[0]);
      for (int i = 0; i < 100_000; i++) {
        bytes.write(member);
      }
      bytes.write(new ASlug().file("README.md", "x").packed());

      assertThat(readme(bytes.toByteArray(), "")).isEmpty();
    }
  }

  @Nested
  class A_broken_slug {
    private final byte[] whole =
        new ASlug()
            .directory("live")
            .file(DEEP + "/main.tf", "")
            .file("live/README.md", "of the directory")
            .file("README.md", "of the root")
            .unpacked();

    @Test
    void has_what_came_before_its_end_wherever_that_is() {
      byte[] packed = ASlug.pack(whole);

      for (int length = 0; length < packed.length; length++) {
        assertThat(readme(Arrays.copyOf(packed, length), "").orElse("of the root"))
            .isEqualTo("of the root");
      }
    }

    @Test
    void is_never_more_than_without_a_readme_whichever_of_its_bytes_is_wrong() {
      for (int at = 0; at < whole.length; at++) {
        byte[] broken = whole.clone();
        broken[at] ^= (byte) 0xff;

        assertThat(readme(ASlug.pack(broken), "live").orElse("of the")).startsWith("of the");
      }
    }
  }

  @Nested
  class Bytes_that_do_not_come {
    @Test
    void say_nothing_of_the_slug() {
      byte[] beginning = Arrays.copyOf(new ASlug().file("README.md", "x").packed(), 40);
      InputStream slug =
          new SequenceInputStream(
              new ByteArrayInputStream(beginning),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("connection reset");
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                  throw new IOException("connection reset");
                }
              });

      assertThatThrownBy(() -> SlugReadme.of(slug, ""))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("the slug did not come to its end");
    }
  }
}
