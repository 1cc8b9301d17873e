package io.terrarium.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProcessTreesIT {
  private final ProcessTrees trees = new ProcessTrees();
  private Process process;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    // The shell waits, its child works.
    process = new ProcessBuilder(List.of("/bin/bash", "-c", "(while :; do :; done); true")).start();
    trees.begin(process.toHandle(), 64 << 20);
  }

  @AfterEach
  void stop() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private long user() {
    return trees.measures().getOrDefault(Measure.CPU_USER, 0L);
  }

  @Nested
  class The_processes_of_a_program {
    @Test
    void count_together_with_their_descendants() {
      Eventually.until("a child that has worked for 50 ms", () -> user() > 50_000_000);

      Map<Measure, Long> measures = trees.measures();
      assertThat(measures.get(Measure.PROCESS_COUNT)).isEqualTo(2);
      assertThat(measures.get(Measure.MEMORY_USED)).isPositive();
      assertThat(measures.get(Measure.MEMORY_LIMIT)).isEqualTo(64L << 20);
    }

    @Test
    void are_not_forgotten_when_they_have_ended() throws InterruptedException {
      Eventually.until("a child that has worked for 50 ms", () -> user() > 50_000_000);
      long before = user();
      stop();
      process.waitFor();

      trees.end(process.toHandle());

      assertThat(user()).isGreaterThanOrEqualTo(before);
      assertThat(trees.measures().get(Measure.PROCESS_COUNT)).isZero();
    }
  }
}
