package io.terrarium.kernel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void waits_for_a_program_that_is_still_open_for_writing() throws Exception {
    Path program = directory.resolve("program");
    Files.copy(Path.of("/bin/true").toRealPath(), program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    OutputStream writer = Files.newOutputStream(program, StandardOpenOption.APPEND);
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    assertThatThrownBy(builder::start).isInstanceOf(IOException.class);

    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread launch = Thread.ofPlatform().start(() -> launch(builder, started));
    while (launch.getState() != Thread.State.TIMED_WAITING && !started.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(started).isNotDone();
    writer.close();

    assertThat(started.get().waitFor()).isZero();
  }

  private static void launch(ProcessBuilder builder, CompletableFuture<Process> started) {
    try {
      started.complete(Launch.start(builder));
    } catch (IOException e) {
      started.completeExceptionally(e);
    }
  }

  @Test
  void says_at_once_that_there_is_no_such_program() {
    ProcessBuilder builder = new ProcessBuilder(directory.resolve("none").toString());

    assertThatThrownBy(() -> Launch.start(builder)).hasMessageContaining("none");
  }
}
