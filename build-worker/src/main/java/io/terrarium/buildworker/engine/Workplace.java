package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.buildworker.sandbox.Confinement;
import io.terrarium.buildworker.sandbox.Patience;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.buildworker.sandbox.Supervisor;
import io.terrarium.buildworker.sandbox.Task;
import io.terrarium.contracts.build.BuildEvent.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where terraform's sub-commands of one build run.
final class Workplace {
  private static final int SHOWN_BYTES_MAX = 256 * 1024;

  private final Place place;
  private final Supervisor supervisor;
  private final Reins reins;
  private final BuildLog log;
  private final Clock clock;
  private final List<Timings.Timing> timings = new ArrayList<>();

  /// @param working terraform's current directory
  record Place(
      RunDirectory directory,
      Path working,
      BuildProgram program,
      Map<String, String> environment,
      Confinement.View view,
      Patience patience,
      int memoryMegabytes) {}

  Workplace(Place place, Supervisor supervisor, Reins reins, BuildLog log, Clock clock) {
    this.place = place;
    this.supervisor = supervisor;
    this.reins = reins;
    this.log = log;
    this.clock = clock;
  }

  RunDirectory directory() {
    return place.directory();
  }

  Path working() {
    return place.working();
  }

  BuildLog log() {
    return log;
  }

  synchronized Timings timings() {
    return new Timings(List.copyOf(timings));
  }

  /// Runs terraform with its output in the log.
  ///
  /// @throws BuildFault when it does not end with 0
  void runLive(List<String> arguments, Task.LineSink sink) throws InterruptedException {
    int code =
        run(
            arguments,
            new Task.Live((bytes, length) -> {
              log.append(bytes, length);
              sink.accept(bytes, length);
            }));
    if (code != 0) {
      throw failed(arguments, code);
    }
  }

  /// Runs terraform with its output in a file; the log sees it only when it fails.
  Path runQuietly(List<String> arguments, String fileName) throws InterruptedException {
    Path standard = place.directory().file(fileName);
    Path error = place.directory().file(fileName + ".err");
    RunDirectory.writePrivate(standard, new byte[0]);
    RunDirectory.writePrivate(error, new byte[0]);
    int code = run(arguments, new Task.ToFiles(standard, error));
    if (!RunDirectory.isPlain(standard) || !RunDirectory.isPlain(error)) {
      throw new BuildFault("The build has put something else in the place of " + fileName + ".");
    }
    if (code != 0) {
      show(standard);
      show(error);
      throw failed(arguments, code);
    }
    return standard;
  }

  private BuildFault failed(List<String> arguments, int code) {
    return new BuildFault(
        "failed running "
            + place.program().name()
            + " "
            + arguments.getFirst()
            + " (exit "
            + code
            + ")");
  }

  private void show(Path file) {
    try (java.io.InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(SHOWN_BYTES_MAX);
      log.append(bytes, bytes.length);
    } catch (IOException e) {
      throw new BuildFault("The output of terraform cannot be read.", e);
    }
  }

  private int run(List<String> arguments, Task.Output output) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(place.program().executable().toString());
    command.addAll(arguments);
    Instant start = clock.instant();
    try {
      return supervisor.run(
          new Task(
              List.copyOf(command),
              place.working(),
              place.environment(),
              output,
              place.view(),
              place.patience(),
              place.memoryMegabytes()),
          reins);
    } finally {
      long millis = Duration.between(start, clock.instant()).toMillis();
      synchronized (this) {
        timings.add(new Timings.Timing(arguments.getFirst(), millis));
      }
    }
  }
}
