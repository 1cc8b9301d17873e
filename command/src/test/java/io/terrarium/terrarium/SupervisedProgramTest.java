package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisedProgramTest {
  @TempDir private Path directory;

  private final AtomicInteger launches = new AtomicInteger();

  private SupervisedProgram program(String script) {
    Path output = directory.resolve("program.log");
    return new SupervisedProgram(
        "program",
        () -> {
          launches.incrementAndGet();
          return new ProcessBuilder("/bin/sh", "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
        },
        output,
        BootProgress.silent());
  }

  @Nested
  class A_program {
    @Test
    void that_ends_before_it_answers_has_failed_with_its_last_words() {
      try (SupervisedProgram program = program("echo first; echo no room >&2; exit 1")) {
        assertThatThrownBy(() -> program.start(() -> false))
            .isInstanceOf(MeshFault.class)
            .hasMessageContaining("program does not start: no room");
        assertThat(launches).hasValue(1);
      }
    }

    @Test
    void is_awaited_when_it_is_told_to_end_by_its_pipe() {
      SupervisedProgram program = program("cat; sleep 0.2");
      program.start(() -> true);
      ProcessHandle process = ProcessHandle.of(program.pid()).orElseThrow();

      program.close();

      assertThat(process.isAlive()).isFalse();
      assertThat(launches).hasValue(1);
    }
  }

  @Nested
  class The_pause_before_a_program_is_started_again {
    @ParameterizedTest
    @CsvSource({"0, 0, 500", "500, 1, 1000", "20000, 5, 30000", "30000, 0, 30000"})
    void doubles_while_it_keeps_dying(long before, long livedSeconds, long expected) {
      assertThat(
              SupervisedProgram.pauseAfter(
                  Duration.ofMillis(before), Duration.ofSeconds(livedSeconds)))
          .isEqualTo(Duration.ofMillis(expected));
    }

    @Test
    void is_short_again_once_it_had_come_to_its_work() {
      assertThat(SupervisedProgram.pauseAfter(Duration.ofSeconds(30), Duration.ofSeconds(6)))
          .isEqualTo(Duration.ofMillis(500));
    }
  }
}
