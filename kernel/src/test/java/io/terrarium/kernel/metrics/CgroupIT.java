package io.terrarium.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as the kernel shows them in a container.
class CgroupIT {
  @TempDir private Path group;
  @TempDir private Path process;

  @BeforeEach
  void container() throws IOException {
    file(process, "cgroup", "0::/\n");
    Files.createDirectory(process.resolve("net"));
    file(
        process,
        "net/dev",
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs
            lo:  700000     900    0    0    0     0          0         0   700000     900    0
          eth0:     100       3    0    0    0     0          0         0       50       2    0
          eth1:      11       1    0    0    0     0          0         0        7       1    0
        """);
    file(group, "cpu.stat", "usage_usec 30\nuser_usec 20\nsystem_usec 10\n");
    file(group, "memory.current", "5000\n");
    file(group, "memory.stat", "anon 1\ninactive_file 1500\nactive_file 3\n");
    file(group, "memory.max", "9000\n");
    file(group, "pids.current", "12\n");
    file(group, "pids.max", "512\n");
    file(
        group,
        "io.stat",
        """
        8:0 rbytes=10 wbytes=20 rios=1 wios=2 dbytes=0 dios=0
        8:16 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0
        """);
  }

  private static void file(Path directory, String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private Map<Measure, Long> measures() {
    return Cgroup.of(group, process).orElseThrow().measures();
  }

  @Nested
  class A_container {
    @Test
    void tells_what_it_uses_in_the_documents_units() {
      assertThat(measures())
          .containsOnly(
              Map.entry(Measure.CPU_USER, 20_000L),
              Map.entry(Measure.CPU_KERNEL, 10_000L),
              Map.entry(Measure.MEMORY_USED, 3500L),
              Map.entry(Measure.MEMORY_LIMIT, 9000L),
              Map.entry(Measure.PROCESS_COUNT, 12L),
              Map.entry(Measure.PROCESS_LIMIT, 512L),
              Map.entry(Measure.DISK_READ_BYTES, 11L),
              Map.entry(Measure.DISK_WRITE_BYTES, 22L),
              Map.entry(Measure.DISK_READ_OPERATIONS, 4L),
              Map.entry(Measure.DISK_WRITE_OPERATIONS, 6L),
              Map.entry(Measure.NETWORK_RX_BYTES, 111L),
              Map.entry(Measure.NETWORK_RX_PACKETS, 4L),
              Map.entry(Measure.NETWORK_TX_BYTES, 57L),
              Map.entry(Measure.NETWORK_TX_PACKETS, 3L));
    }

    @Test
    void without_limits_tells_of_none() throws IOException {
      file(group, "memory.max", "max\n");
      file(group, "pids.max", "max\n");

      assertThat(measures()).doesNotContainKeys(Measure.MEMORY_LIMIT, Measure.PROCESS_LIMIT);
    }

    @Test
    void leaves_out_what_its_kernel_does_not_count() throws IOException {
      Files.delete(group.resolve("io.stat"));

      assertThat(measures())
          .doesNotContainKey(Measure.DISK_READ_BYTES)
          .containsKey(Measure.CPU_USER);
    }
  }

  @Nested
  class A_process_outside_of_containers {
    @Test
    void does_not_take_the_group_of_others_for_its_own() throws IOException {
      file(process, "cgroup", "0::/user.slice/session-1.scope\n");

      assertThat(Cgroup.of(group, process)).isEmpty();
    }

    @Test
    void does_not_take_the_whole_machine_for_its_own() throws IOException {
      Files.delete(group.resolve("memory.current"));

      assertThat(Cgroup.of(group, process)).isEmpty();
    }
  }
}
