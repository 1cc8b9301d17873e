package io.terrarium.buildworker.sandbox;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts the processes of builds, each below a small script that ends it when this worker does not
/// hold its claim any more, however the worker ended.
public final class Supervisor implements AutoCloseable {
  private static final String SCRIPT = "supervisor.sh";

  /// As a shell tells of a program that SIGINT ended.
  private static final int INTERRUPTED = 128 + 2;

  private final Path script;
  private final Confinement confinement;

  /// One thread starts them all and lives as long as the worker, as some kinds of confinement end
  /// with the thread that started them.
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("process-starter").factory());

  /// @param directory where the script is written
  public Supervisor(Path directory, Confinement confinement) {
    this.confinement = confinement;
    this.script = directory.resolve(SCRIPT);
    try (InputStream source =
        Objects.requireNonNull(Supervisor.class.getResourceAsStream(SCRIPT), SCRIPT)) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Confinement confinement() {
    return confinement;
  }

  /// Runs `task` to its end, or not at all when the build is to end anyway.
  ///
  /// @return its exit code
  public int run(Task task, Reins reins) throws InterruptedException {
    if (reins.isEnding()) {
      return INTERRUPTED;
    }
    Process process = start(task);
    reins.trees().begin(process.toHandle(), (long) task.memoryMegabytes() << 20);
    reins.attach(process.getOutputStream());
    try (MemoryWatch _ = new MemoryWatch(process.toHandle(), task.memoryMegabytes(), reins)) {
      if (task.output() instanceof Task.Live live) {
        pump(process.getInputStream(), live.sink());
      }
      return process.waitFor();
    } finally {
      reins.detach(process.getOutputStream());
      reins.trees().end(process.toHandle());
      close(process);
    }
  }

  private Process start(Task task) throws InterruptedException {
    Patience patience = task.patience();
    List<String> line = new ArrayList<>(List.of("/bin/bash", "--noprofile", "--norc"));
    line.add(script.toString());
    line.add(Integer.toString(patience.interruptAfter()));
    line.add(Integer.toString(patience.killAfter()));
    line.add(Integer.toString(patience.grace()));
    line.addAll(confinement.around(task.command(), task.directory(), task.view()));
    ProcessBuilder builder = new ProcessBuilder(line).directory(task.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(task.environment());
    switch (task.output()) {
      case Task.Live _ -> builder.redirectErrorStream(true);
      case Task.ToFiles files ->
          builder
              .redirectOutput(files.standard().toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(files.error().toFile()));
    }
    try {
      return starter.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new BuildFault("Terraform could not be started: " + e.getCause(), e);
    }
  }

  /// Blocks in a thread of its own kind: a pipe would hold a virtual thread's carrier.
  private static void pump(InputStream output, Task.LineSink sink) throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .name("terraform-output")
            .start(() -> {
              byte[] buffer = new byte[64 * 1024];
              // Closed whatever happens: terraform must not wait for a reader that is gone.
              try (output) {
                for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                  sink.accept(buffer, read);
                }
              } catch (IOException e) {
                // The pipe was closed with the process.
                return;
              }
            });
    thread.join();
  }

  private static void close(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Its reader has ended before.
      return;
    }
  }

  @Override
  public void close() {
    starter.shutdown();
  }
}
