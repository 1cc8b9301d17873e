package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryIT {
  @TempDir private Path parent;

  @Nested
  class A_directory_in_use {
    @Test
    void is_refused_with_the_holder_s_pid() {
      try (DataDirectory _ = open()) {
        assertThatThrownBy(DataDirectoryIT.this::open)
            .isInstanceOf(EmbeddedFault.class)
            .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      }
    }

    @Test
    void shows_it_to_those_who_look_and_no_longer_when_it_was_closed() {
      try (DataDirectory data = open()) {
        assertThat(DataDirectory.isInUse(data.root())).isTrue();
      }
      assertThat(DataDirectory.isInUse(parent.resolve("data"))).isFalse();
      assertThat(DataDirectory.isInUse(parent.resolve("none"))).isFalse();
    }

    @Test
    void may_be_opened_after_it_was_closed() {
      open().close();

      try (DataDirectory data = open()) {
        assertThat(data.root()).isDirectory();
      }
    }
  }

  @Nested
  class A_directory_of_another_format {
    @Test
    void is_refused_and_left_unlocked() throws Exception {
      open().close();
      Files.writeString(parent.resolve("data/version"), "99\n");

      assertThatThrownBy(DataDirectoryIT.this::open)
          .isInstanceOf(EmbeddedFault.class)
          .hasMessageContaining("format 99");
      Files.writeString(parent.resolve("data/version"), DataDirectory.FORMAT);
      open().close();
    }
  }

  @Nested
  class A_directory_of_somebody_else {
    @Test
    void is_refused_and_left_as_it_is() throws Exception {
      Path foreign = Files.createDirectory(parent.resolve("data"));
      Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(foreign.resolve("thesis.txt"), "chapter one");

      assertThatThrownBy(DataDirectoryIT.this::open)
          .isInstanceOf(EmbeddedFault.class)
          .hasMessageContaining(foreign.toRealPath().toString())
          .hasMessageContaining("choose an empty directory");

      try (Stream<Path> entries = Files.list(foreign)) {
        assertThat(entries).containsExactly(foreign.resolve("thesis.txt"));
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(foreign)))
          .isEqualTo("rwxr-xr-x");
    }
  }

  @Nested
  class A_directory_that_holds_nothing_but_our_log {
    @Test
    void is_taken() throws Exception {
      Files.createDirectories(parent.resolve("data/log"));

      try (DataDirectory data = open()) {
        assertThat(data.root().resolve("version")).exists();
      }
    }
  }

  @Nested
  class Secrets {
    @Test
    void stay_the_same_and_are_the_owner_s_alone() throws Exception {
      String first;
      try (DataDirectory data = open()) {
        first = data.secret("a").value();
      }

      try (DataDirectory data = open()) {
        assertThat(data.secret("a").value()).isEqualTo(first).hasSize(48);
        assertThat(data.secret("b").value()).isNotEqualTo(first);
      }
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(parent.resolve("data/secrets.json"))))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("data"))))
          .isEqualTo("rwx------");
    }
  }

  @Nested
  class Ports {
    @Test
    void stay_the_same_and_are_never_shared() {
      int preferred = Loopback.anyFreePort();
      int first;
      int second;
      try (DataDirectory data = open()) {
        first = data.port("first", preferred);
        second = data.port("second", preferred);
      }

      try (DataDirectory data = open()) {
        assertThat(first).isEqualTo(preferred);
        assertThat(second).isNotEqualTo(first);
        assertThat(data.port("second", preferred)).isEqualTo(second);
        assertThat(data.port("first", preferred)).isEqualTo(first);
      }
    }

    @Test
    void are_not_another_mesh_s_before_its_servers_listen() {
      int preferred = Loopback.anyFreePort();
      try (DataDirectory data = open();
          DataDirectory other = DataDirectory.open(parent.resolve("other"))) {
        assertThat(data.port("first", preferred)).isEqualTo(preferred);
        assertThat(other.port("first", preferred)).isNotEqualTo(preferred);
        assertThat(data.port("first", preferred)).isEqualTo(preferred);
      }

      try (DataDirectory later = DataDirectory.open(parent.resolve("later"))) {
        assertThat(later.port("first", preferred)).isEqualTo(preferred);
      }
    }
  }

  private DataDirectory open() {
    return DataDirectory.open(parent.resolve("data"));
  }
}
