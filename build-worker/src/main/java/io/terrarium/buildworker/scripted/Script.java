package io.terrarium.buildworker.scripted;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a configuration says is to be played instead of terraform.
///
/// @param state what the apply leaves behind, empty for what was there before
record Script(Course planned, Outlook outlook, Course applied, Optional<ObjectNode> state) {
  static final String FILE = "terrarium-script.json";

  private static final int BYTES_MAX = 16 * 1024 * 1024;
  private static final int COUNT_MAX = 10_000;
  private static final int MILLIS_MAX = 24 * 60 * 60 * 1000;
  private static final ObjectReader READER =
      Json.SNAKE
          .readerFor(JsonNode.class)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// How a phase goes.
  ///
  /// @param duration over which the lines of the log are spread
  /// @param ignoresInterrupt so that only a kill ends it
  record Course(List<String> log, Duration duration, boolean succeeds, boolean ignoresInterrupt) {}

  /// What a plan finds.
  ///
  /// @param hasChanges empty for what `changes` say
  /// @param document empty for one that has these `changes`
  record Outlook(Changes changes, Optional<Boolean> hasChanges, Optional<ObjectNode> document) {}

  /// The script of a configuration; without one nothing changes, at once.
  ///
  /// @throws BuildFault that names the field that is wrong
  static Script in(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return read(Json.SNAKE.createObjectNode());
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
        throw new BuildFault(FILE + " must be a file of at most " + BYTES_MAX + " bytes.");
      }
      return read(READER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new BuildFault(FILE + " is no JSON: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String at(JsonProcessingException fault) {
    JsonLocation location = fault.getLocation();
    return location == null
        ? "."
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ").";
  }

  private static Script read(JsonNode node) {
    Fields all = Fields.of(node, "");
    Fields plan = all.object("plan");
    Fields apply = all.object("apply");
    all.nothingElse();
    Course planned = course(plan);
    Outlook outlook = outlook(plan);
    plan.nothingElse();
    Course applied = course(apply);
    Optional<ObjectNode> state = apply.document("state");
    apply.nothingElse();
    state.ifPresent(document -> StateDocument.check(document, apply.path("state")));
    return new Script(planned, outlook, applied, state);
  }

  private static Course course(Fields phase) {
    return new Course(
        phase.lines("log"),
        Duration.ofMillis(phase.number("duration_ms", MILLIS_MAX)),
        phase.word("outcome", "succeeded", "errored").equals("succeeded"),
        phase.flag("ignores_interrupt").orElse(false));
  }

  private static Outlook outlook(Fields plan) {
    Optional<ObjectNode> document = plan.document("plan");
    if (document.isPresent() && plan.has("changes")) {
      throw Fields.fault(plan.path("changes"), "is told by " + plan.path("plan") + " already");
    }
    document.ifPresent(given -> PlanDocument.check(given, plan.path("plan")));
    Fields counts = plan.object("changes");
    Changes changes =
        new Changes(
            counts.number("add", COUNT_MAX),
            counts.number("change", COUNT_MAX),
            counts.number("destroy", COUNT_MAX),
            counts.number("import", COUNT_MAX));
    counts.nothingElse();
    return new Outlook(changes, plan.flag("has_changes"), document);
  }
}
