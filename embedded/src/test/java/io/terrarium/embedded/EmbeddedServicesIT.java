package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.terrarium.testsupport.Eventually;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServicesIT {
  private static final Map<String, String> ALL_KEPT =
      Map.of("broker", "kept", "postgres", "kept", "redis", "kept", "s3", "kept");

  @TempDir private Path directory;

  @Nested
  class Services_that_were_stopped {
    @Test
    void give_back_what_they_were_given_when_they_start_again() throws Exception {
      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedServices services = EmbeddedServices.start(data, (_, _, _) -> {})) {
        new StoredThings(services).store("kept");
      }

      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedServices services = EmbeddedServices.start(data, (_, _, _) -> {})) {
        assertThat(new StoredThings(services).messages()).isEqualTo(1);
        assertThat(new StoredThings(services).read()).isEqualTo(ALL_KEPT);
      }
      assertThat(serversOn(directory)).isEmpty();
    }
  }

  @Nested
  class Services_whose_process_was_killed {
    @Test
    void start_again_on_the_same_data_and_leave_no_orphan() throws Exception {
      Process killed = startProcess();
      Eventually.until("things stored", () -> Files.exists(directory.resolve("stored")));
      killed.destroyForcibly().waitFor();
      List<Long> orphans = serversOn(directory);

      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedServices services = EmbeddedServices.start(data, (_, _, _) -> {})) {
        assertThat(orphans).isNotEmpty();
        assertThat(serversOn(directory)).doesNotContainAnyElementsOf(orphans);
        assertThat(new StoredThings(services).read()).isEqualTo(ALL_KEPT);
      }
      Eventually.until("the servers' end", () -> serversOn(directory).isEmpty());
    }

    /// As in a container whose first process is the mesh itself: the dead stay in the table.
    @Test
    void are_started_again_where_no_parent_looks_after_the_dead() throws Exception {
      String[] container = {"unshare", "--pid", "--fork", "--mount-proc", "--kill-child"};
      assumeThat(succeeds(container, "true")).as("process ids of our own").isTrue();
      Process process = startProcess(container);
      Eventually.until("things stored", () -> Files.exists(directory.resolve("stored")));
      int before = serversOn(directory).size();

      killServersOn(directory);

      Eventually.until("the servers' end", () -> serversOn(directory).size() < before);
      Eventually.until("all servers again", () -> serversOn(directory).size() >= before);
      process.destroyForcibly().waitFor();
      Eventually.until("the container's end", () -> serversOn(directory).isEmpty());
    }

    private boolean succeeds(String[] container, String program) throws Exception {
      List<String> command = new ArrayList<>(List.of(container));
      command.add(program);
      return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private Process startProcess(String... within) throws Exception {
      List<String> command = new ArrayList<>(List.of(within));
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              ServicesProcess.class.getName(),
              directory.toString(),
              "kept"));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(Files.createDirectories(directory.resolve("log")).resolve("out").toFile())
          .start();
    }
  }

  @Nested
  class Services_of_which_one_fails {
    @Test
    void are_all_stopped() throws Exception {
      ConcurrentLinkedQueue<String> stopped = new ConcurrentLinkedQueue<>();
      Progress progress =
          (service, state, _) -> {
            if (state == Progress.State.STOPPED) {
              stopped.add(service);
            }
          };
      try (DataDirectory data = DataDirectory.open(directory)) {
        Files.createFile(directory.resolve("s3"));

        assertThatThrownBy(() -> EmbeddedServices.start(data, progress))
            .isInstanceOf(EmbeddedFault.class)
            .hasMessageContaining("s3");
      }
      assertThat(stopped).containsExactlyInAnyOrder("postgres", "redis", "broker");
      assertThat(serversOn(directory)).isEmpty();
    }
  }

  @Nested
  class Servers {
    @Test
    void run_from_the_data_directory_and_keep_secrets_out_of_their_arguments() {
      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedRedis redis = EmbeddedRedis.start(data);
          EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
        assertThat(serversOn(directory)).hasSizeGreaterThan(1);
        assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
            .noneMatch(line -> line.contains(redis.password().value()))
            .noneMatch(line -> line.contains(postgres.password().value()));
      }
    }

    @Test
    void come_back_with_their_data_when_they_die() throws Exception {
      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedServices services = EmbeddedServices.start(data, (_, _, _) -> {})) {
        new StoredThings(services).store("kept");

        killServersOn(directory);

        Eventually.until(
            "both servers again",
            () -> {
              try {
                return new StoredThings(services).read().equals(ALL_KEPT);
              } catch (Exception notYet) {
                return false;
              }
            });
      }
      assertThat(serversOn(directory)).isEmpty();
    }

    @Test
    void may_be_closed_and_started_again_after_they_died() throws Exception {
      try (DataDirectory data = DataDirectory.open(directory)) {
        try (EmbeddedRedis _ = EmbeddedRedis.start(data);
            EmbeddedPostgres _ = EmbeddedPostgres.start(data)) {
          killServersOn(directory);
        }
        Eventually.until("the servers' end", () -> serversOn(directory).isEmpty());

        try (EmbeddedRedis redis = EmbeddedRedis.start(data);
            EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
          assertThat(redis.port()).isPositive();
          assertThat(postgres.port()).isPositive();
        }
      }
    }

    @Test
    void let_nobody_in_without_a_password() {
      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "postgres"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("authentication failed");
      }
    }

    @Test
    void move_to_another_port_when_a_stranger_has_theirs() throws Exception {
      int before;
      try (DataDirectory data = DataDirectory.open(directory);
          EmbeddedRedis redis = EmbeddedRedis.start(data)) {
        before = redis.port();
      }
      try (ServerSocket stranger = new ServerSocket();
          DataDirectory data = DataDirectory.open(directory)) {
        stranger.setReuseAddress(true);
        stranger.bind(new InetSocketAddress(Loopback.address(), before));

        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
          assertThat(redis.port()).isNotEqualTo(before);
        }
      }
    }
  }

  private static void killServersOn(Path directory) {
    serversOn(directory).stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static List<Long> serversOn(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").startsWith(directory.toString()))
        .map(ProcessHandle::pid)
        .toList();
  }
}
