package io.terrarium.buildworker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
  private static final int INTERRUPTED = 128 + 2;
  private static final int KILLED = 128 + 9;

  @TempDir Path directory;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  final Reins reins = new Reins();

  /// What stands around the processes.
  Confinement confinement() {
    return new Confinement.ProcessGroup();
  }

  /// Runs a bash script; once it says "ready", `then` happens to it.
  int run(String script, Patience patience, int memoryMegabytes, Runnable then)
      throws InterruptedException {
    Task.LineSink sink =
        (bytes, length) -> {
          output.write(bytes, 0, length);
          if (output.toString(StandardCharsets.UTF_8).contains("ready")) {
            then.run();
          }
        };
    Task task =
        new Task(
            List.of("/bin/bash", "-c", script),
            directory,
            Map.of("PATH", "/usr/bin:/bin"),
            new Task.Live(sink),
            new Confinement.View(List.of(directory), List.of()),
            patience,
            memoryMegabytes);
    try (Supervisor supervisor = new Supervisor(directory, confinement())) {
      return supervisor.run(task, reins);
    }
  }

  String shown() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /// What a worker says, and when.
  @FunctionalInterface
  private interface Talk {
    void to(OutputStream process) throws IOException, InterruptedException;
  }

  @Nested
  class A_supervised_process {
    @Test
    void ends_with_its_own_code_and_nothing_but_its_own_output() throws InterruptedException {
      int code = run("echo hello; exit 7", Patience.PLAN, 0, () -> {});

      assertThat(code).isEqualTo(7);
      assertThat(shown()).isEqualTo("hello\n");
    }

    @Test
    void may_end_by_itself_when_interrupted() throws InterruptedException {
      int code =
          run(
              "trap 'echo tidied; exit 5' INT; echo ready; while :; do sleep 0.1; done",
              Patience.PLAN,
              0,
              () -> reins.interrupt(Ending.CANCELED));

      assertThat(code).isEqualTo(5);
      assertThat(shown()).isEqualTo("ready\ntidied\n");
    }

    @Test
    void that_ignores_the_interrupt_is_killed_without_a_word() throws InterruptedException {
      int code =
          run(
              "trap '' INT; echo ready; sleep 600",
              new Patience(20, 30, 1),
              0,
              () -> reins.interrupt(Ending.CANCELED));

      assertThat(code).isEqualTo(KILLED);
      assertThat(shown()).isEqualTo("ready\n");
    }

    @Test
    void does_not_start_once_the_build_is_to_end() throws InterruptedException {
      reins.interrupt(Ending.CANCELED);

      int code = run("echo started", Patience.PLAN, 0, () -> {});

      assertThat(code).isEqualTo(INTERRUPTED);
      assertThat(shown()).isEmpty();
    }

    @Test
    void is_interrupted_even_when_it_is_hardly_up() throws Exception {
      int code = supervised(worker -> say(worker, "interrupt\n"));

      assertThat(code).isEqualTo(INTERRUPTED);
    }

    @Test
    void is_told_of_the_end_when_it_comes_too_late_to_hear_of_it() {
      ByteArrayOutputStream interrupted = new ByteArrayOutputStream();
      ByteArrayOutputStream killed = new ByteArrayOutputStream();

      reins.interrupt(Ending.CANCELED);
      reins.attach(interrupted);
      reins.detach(interrupted);
      reins.kill(Ending.CANCELED);
      reins.attach(killed);

      assertThat(interrupted).hasToString("interrupt\n");
      assertThat(killed).hasToString("kill\n");
    }

    @Test
    void hears_a_word_that_comes_in_pieces() throws Exception {
      int code =
          supervised(worker -> {
            say(worker, "k");
            TimeUnit.MILLISECONDS.sleep(1_500);
            say(worker, "ill\n");
          });

      assertThat(code).isEqualTo(KILLED);
    }

    private static void say(OutputStream worker, String text) throws IOException {
      worker.write(text.getBytes(StandardCharsets.US_ASCII));
      worker.flush();
    }

    /// Runs a long sleep below the script itself, with a worker that talks to it as it likes.
    private int supervised(Talk talk) throws IOException, InterruptedException {
      new Supervisor(directory, confinement()).close();
      List<String> line =
          new ArrayList<>(
              List.of(
                  "/bin/bash", directory.resolve("supervisor.sh").toString(), "20", "30", "10"));
      Confinement.View view = new Confinement.View(List.of(directory), List.of());
      line.addAll(confinement().around(List.of("sleep", "600"), directory, view));
      Process process = new ProcessBuilder(line).start();
      try (OutputStream worker = process.getOutputStream()) {
        talk.to(worker);
        return process.waitFor();
      }
    }

    @Test
    void without_a_beat_is_killed() throws InterruptedException {
      int code = run("trap '' INT; sleep 600", new Patience(1, 2, 60), 0, () -> {});

      assertThat(code).isEqualTo(KILLED);
    }

    @Test
    void that_takes_too_much_memory_is_killed() throws InterruptedException {
      // The last word keeps bash: it would put a lone sleep into its own place, memory and all.
      int code =
          run(
              "x=$(head -c 60000000 /dev/zero | tr '\\0' a); sleep 600; :",
              Patience.PLAN,
              30,
              () -> {});

      assertThat(code).isEqualTo(KILLED);
      assertThat(reins.ending()).isEqualTo(Ending.OUT_OF_MEMORY);
    }
  }
}
