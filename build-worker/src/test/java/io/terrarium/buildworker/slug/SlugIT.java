package io.terrarium.buildworker.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlugIT {
  private static final SlugLimits SMALL = new SlugLimits(1024, 5);

  @TempDir Path temporary;

  private Path unpack(byte[] archive) throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("configuration"));
    Slug.unpack(new ByteArrayInputStream(archive), directory, SMALL);
    return directory;
  }

  private void refused(byte[] archive, String message) {
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(BuildFault.class)
        .hasMessageContaining(message);
    assertThat(temporary.resolveSibling("evil")).doesNotExist();
  }

  @Nested
  class A_good_slug {
    @Test
    void keeps_files_modes_and_inner_links() throws IOException {
      byte[] slug =
          new ASlug()
              .file("main.tf", "output {}", 0644)
              .file("bin/run.sh", "#!/bin/sh", 0755)
              .symlink("bin/again", "../main.tf")
              .finished();

      Path directory = unpack(slug);

      assertThat(directory.resolve("main.tf")).hasContent("output {}");
      assertThat(directory.resolve("bin/run.sh")).isExecutable();
      assertThat(directory.resolve("bin/again")).isSymbolicLink().hasContent("output {}");
    }

    @Test
    void keeps_times_of_files_directories_and_links() throws IOException {
      byte[] slug =
          new ASlug()
              .directory("modules/", 0755)
              .file("modules/main.tf", "output {}", 0644)
              .symlink("main.tf", "modules/main.tf")
              .finished();

      Path directory = unpack(slug);

      assertThat(List.of("modules", "modules/main.tf", "main.tf"))
          .allSatisfy(name ->
              assertThat(
                      Files.getLastModifiedTime(directory.resolve(name), LinkOption.NOFOLLOW_LINKS))
                  .isEqualTo(ASlug.TIME));
    }

    @Test
    void keeps_no_bit_that_lends_rights() throws IOException {
      byte[] slug =
          new ASlug()
              .file("plain", "x", 0640)
              .file("set-user-id", "x", 06755)
              .file("script", "x", 0711)
              .directory("sticky", 01777)
              .directory("closed", 0055)
              .finished();

      Path directory = unpack(slug);

      assertThat(directory.resolve("plain")).satisfies(has("rw-r-----"));
      assertThat(directory.resolve("set-user-id")).satisfies(has("rwxr-xr-x"));
      assertThat(directory.resolve("script")).satisfies(has("rwx--x--x"));
      assertThat(directory.resolve("sticky")).satisfies(has("rwxrwxrwx"));
      assertThat(directory.resolve("closed")).satisfies(has("rwxr-xr-x"));
    }

    /// All twelve bits, the upper three of which are off.
    private static Consumer<Path> has(String permissions) {
      return path -> {
        try {
          Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
          assertThat(Files.getPosixFilePermissions(path)).isEqualTo(wanted);
          assertThat((int) Files.getAttribute(path, "unix:mode") & 07000).isZero();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }

    @Test
    void leaves_state_plans_and_terraform_data_behind() throws IOException {
      byte[] slug =
          new ASlug()
              .file("terraform.tfstate")
              .file("old.tfplan")
              .file(".terraform/environment")
              .file("main.tf")
              .finished();

      Path directory = unpack(slug);

      assertThat(directory).isDirectoryNotContaining("glob:**/{terraform.tfstate,old.tfplan}");
      assertThat(directory.resolve(".terraform/environment")).doesNotExist();
      assertThat(directory.resolve("main.tf")).exists();
    }
  }

  @Nested
  class A_bad_slug {
    @Test
    void that_is_no_archive_is_refused() {
      refused("no archive".getBytes(StandardCharsets.UTF_8), "not a readable tar.gz archive");
    }

    @Test
    void that_is_cut_short_is_refused() throws IOException {
      byte[] whole = new ASlug().file("main.tf").finished();

      refused(java.util.Arrays.copyOf(whole, whole.length / 2), "not a readable tar.gz archive");
    }

    @Test
    void with_a_climbing_name_is_refused() throws IOException {
      refused(new ASlug().file("../../evil").finished(), "leads out of it");
    }

    @Test
    void with_an_absolute_name_is_refused() throws IOException {
      refused(new ASlug().file("/tmp/evil").finished(), "leads out of it");
    }

    @Test
    void with_an_absolute_link_is_refused_in_the_words_of_the_product() throws IOException {
      refused(
          new ASlug().symlink("passwd", "/etc/passwd").finished(),
          "Invalid symlink (\"passwd\" -> \"/etc/passwd\") has absolute target");
    }

    @Test
    void with_a_link_leading_out_is_refused() throws IOException {
      refused(new ASlug().symlink("up", "../../evil").finished(), "Invalid symlink");
    }

    @Test
    void that_writes_through_a_link_is_refused() throws IOException {
      refused(
          new ASlug().file("a/x").symlink("b", "a").file("b/y").finished(),
          "below something that is no directory");
    }

    @Test
    void with_a_chain_of_links_leading_out_is_refused() throws IOException {
      refused(
          new ASlug()
              .special("a/b/", TarConstants.LF_DIR, "")
              .symlink("a/b/up", "../..")
              .symlink("out", "a/b/up/..")
              .finished(),
          "Invalid symlink");
    }

    @Test
    void with_a_device_is_refused() throws IOException {
      refused(new ASlug().special("null", TarConstants.LF_CHR, "").finished(), "device or a pipe");
    }

    @Test
    void with_a_pipe_is_refused() throws IOException {
      refused(new ASlug().special("fifo", TarConstants.LF_FIFO, "").finished(), "device or a pipe");
    }

    @Test
    void with_too_many_files_is_refused() throws IOException {
      ASlug archive = new ASlug();
      for (int number = 0; number < 6; number++) {
        archive.file("f" + number);
      }

      refused(archive.finished(), "more than 5 files");
    }

    @Test
    void that_is_too_large_is_refused() throws IOException {
      refused(new ASlug().file("big", "x".repeat(2000), 0644).finished(), "larger than");
    }
  }
}
