package io.terrarium.buildworker.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.buildworker.result.PlanFacts;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A directory with the program that stands in for terraform, and what it plays.
public final class Stage {
  private static final String PROGRAM = "scripted-terraform.sh";
  private static final int PIECES_MAX = 20;

  private final Path directory;
  private final BuildSpecification build;
  private final LogLines lines;

  private Stage(Path directory, BuildSpecification build, Clock clock) {
    this.directory = directory;
    this.build = build;
    this.lines = new LogLines(build.structuredLog(), clock);
  }

  /// Makes the directory, with nothing to play yet.
  public static Stage make(Path directory, BuildSpecification build, Clock clock)
      throws IOException {
    Files.createDirectory(directory);
    Stage stage = new Stage(directory, build, clock);
    try (InputStream program =
        Objects.requireNonNull(Stage.class.getResourceAsStream(PROGRAM), PROGRAM)) {
      Files.copy(program, stage.program());
    }
    Files.setPosixFilePermissions(stage.program(), PosixFilePermissions.fromString("rwx------"));
    return stage;
  }

  /// What is to be started as if it were terraform.
  public Path program() {
    return directory.resolve(PROGRAM);
  }

  /// Puts up the build's phase of the script that lies in `working`.
  ///
  /// @param state terraform's file of it, which an apply follows on
  public void set(Path working, Path state) throws IOException {
    Script script = Script.in(working);
    String version = build.terraformVersion();
    ObjectNode plan = PlanDocument.of(script.outlook(), version);
    boolean isPlan = build.phase() == Phase.PLAN;
    setCourse(isPlan ? script.planned() : script.applied(), end(script, plan));
    if (isPlan) {
      write("plan.json", plan.toString());
      write("schemas.json", PlanDocument.schemas(plan).toString());
      writePlanFile();
    } else if (script.state().isPresent() || script.applied().succeeds()) {
      Optional<JsonNode> before =
          Files.exists(state) ? Optional.of(Json.SNAKE.readTree(state.toFile())) : Optional.empty();
      write(
          "state",
          StateDocument.after(before, script.state(), version, build.workspaceId()).toString());
      write("state.path", state.toString());
    }
  }

  private String end(Script script, JsonNode plan) {
    Changes changes = PlanFacts.changes(plan);
    if (build.phase() == Phase.PLAN) {
      return script.planned().succeeds()
          ? lines.planned(changes, PlanFacts.hasChanges(plan))
          : lines.error("The script ends this plan with an error");
    }
    return script.applied().succeeds()
        ? lines.applied(changes)
        : lines.error("The script ends this apply with an error");
  }

  private void setCourse(Script.Course course, String end) throws IOException {
    List<String> log = course.log();
    int pieces = Math.clamp(log.size(), 1, PIECES_MAX);
    for (int piece = 0; piece < pieces; piece++) {
      StringBuilder text = new StringBuilder();
      log.subList(log.size() * piece / pieces, log.size() * (piece + 1) / pieces)
          .forEach(line -> text.append(lines.line(line)).append('\n'));
      write("log.%02d".formatted(piece), text.toString());
    }
    write("pause", seconds(course.duration().dividedBy(pieces)));
    write("end", end + "\n");
    write("interrupted", lines.error("Interrupt received, the script ends here") + "\n");
    write("code", course.succeeds() ? "0" : "1");
    if (course.ignoresInterrupt()) {
      write("ignores-interrupt", "");
    }
  }

  private static String seconds(Duration duration) {
    return duration.isZero()
        ? "0"
        : "%d.%03d".formatted(duration.toSeconds(), duration.toMillisPart());
  }

  /// A plan file is an archive, of which only this engine must make sense.
  private void writePlanFile() throws IOException {
    try (OutputStream file = Files.newOutputStream(directory.resolve("plan.tfplan"));
        ZipOutputStream archive = new ZipOutputStream(file)) {
      archive.putNextEntry(new ZipEntry("scripted"));
      archive.write(build.terraformVersion().getBytes(StandardCharsets.UTF_8));
      archive.closeEntry();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
