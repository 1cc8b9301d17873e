package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir private Path shared;

  private final String worker = "worker-" + UUID.randomUUID();

  @Test
  void what_a_dead_worker_left_is_removed_at_the_next_start() throws IOException {
    Path dead = Files.createDirectories(shared.resolve("workers").resolve(worker));
    Files.createFile(dead.resolve(".lock"));
    Path build = Files.createDirectories(temporary(worker).resolve("plugins")).getParent();

    WorkDirectory.open(shared, worker + "-next").close();

    assertThat(dead).doesNotExist();
    assertThat(build).doesNotExist();
  }

  @Test
  void what_a_living_worker_uses_stays() throws IOException {
    try (WorkDirectory living = WorkDirectory.open(shared, worker)) {
      Path build = Files.createDirectories(Path.of(living.temporary() + "-run-1-plan-1"));

      WorkDirectory.open(shared, worker + "-next").close();

      assertThat(living.own()).exists();
      assertThat(build).exists();
    }
    assertThat(temporary(worker)).doesNotExist();
  }

  /// Providers keep sockets there, whose paths may have 107 characters.
  @Test
  void temporary_paths_are_short_however_deep_the_work_directory_is() throws IOException {
    Path deep = shared.resolve("deep".repeat(30));
    try (WorkDirectory directory = WorkDirectory.open(deep, worker)) {
      assertThat(directory.temporary().getParent())
          .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
    }
  }

  private static Path temporary(String worker) {
    return Path.of(System.getProperty("java.io.tmpdir"), "terrarium-" + worker + "-run-1-plan-1");
  }
}
