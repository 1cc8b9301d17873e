package io.terrarium.buildworker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All that is true of supervised processes, and what bubblewrap adds.
class BubblewrapIT extends SupervisorIT {
  @TempDir Path foreign;

  /// Asked of bubblewrap itself, since what the worker finds out is what is tested.
  @BeforeAll
  static void need_bubblewrap() throws InterruptedException {
    assumeThat(worksHere())
        .as("bubblewrap is installed, and this kernel lets it make namespaces")
        .isTrue();
  }

  private static boolean worksHere() throws InterruptedException {
    try {
      return new ProcessBuilder(
                  "bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @Test
  void where_it_works_it_is_what_builds_run_in() {
    assertThat(Confinement.probe()).isInstanceOf(Confinement.Bubblewrap.class);
  }

  @Override
  Confinement confinement() {
    return Confinement.probe();
  }

  private void run(String script) throws InterruptedException {
    run(script, Patience.PLAN, 0, () -> {});
  }

  @Nested
  class A_confined_process {
    @Test
    void does_not_see_the_files_of_others() throws IOException, InterruptedException {
      Path secret = Files.writeString(foreign.resolve("secret"), "hunter2");

      run("cat " + secret + " || echo unseen");

      assertThat(shown()).contains("No such file or directory").endsWith("unseen\n");
    }

    @Test
    void does_not_see_the_processes_of_others() throws InterruptedException {
      long worker = ProcessHandle.current().pid();

      run("cat /proc/" + worker + "/environ >/dev/null && echo seen; echo /proc/[0-9]*");

      assertThat(shown()).doesNotContain("seen").contains("/proc/1 ");
    }

    @Test
    void writes_into_its_own_directory_alone() throws InterruptedException {
      run("touch mine; touch /usr/theirs /etc/theirs; touch " + foreign + "/theirs");

      assertThat(directory.resolve("mine")).exists();
      assertThat(List.of(Path.of("/usr/theirs"), Path.of("/etc/theirs"), foreign.resolve("theirs")))
          .noneMatch(Files::exists);
    }

    @Test
    void takes_even_its_runaways_with_it() throws InterruptedException {
      AtomicBoolean wasThere = new AtomicBoolean();
      run(
          "setsid sleep 47114711 & echo ready; sleep 600",
          Patience.PLAN,
          0,
          () -> {
            Eventually.until("a runaway", () -> isRunning("sleep 47114711"));
            wasThere.set(true);
            reins.kill(Ending.CANCELED);
          });

      // The kernel ends a namespace's processes a moment after its first one.
      assertThat(wasThere).isTrue();
      Eventually.until("the runaway's end", () -> !isRunning("sleep 47114711"));
    }

    private static boolean isRunning(String command) {
      return ProcessHandle.allProcesses()
          .anyMatch(process -> process.info().commandLine().orElse("").endsWith(command));
    }
  }
}
