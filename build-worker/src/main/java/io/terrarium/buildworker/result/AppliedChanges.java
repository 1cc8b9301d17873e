package io.terrarium.buildworker.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Watches an apply's output go by for terraform's summary of it.
public final class AppliedChanges {
  private static final int LINE_CHARACTERS_MAX = 16 * 1024;
  private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern SUMMARY =
      Pattern.compile("(?:Apply|Destroy) complete! Resources: ([^.]*)\\.");
  private static final Pattern COUNT = Pattern.compile("(\\d+) (imported|added|changed|destroyed)");

  private final boolean isStructured;
  private final StringBuilder line = new StringBuilder();
  private Changes changes = new Changes(0, 0, 0, 0);

  public AppliedChanges(boolean isStructured) {
    this.isStructured = isStructured;
  }

  /// The next piece of output.
  public void accept(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '\n') {
        endLine();
      } else if (line.length() < LINE_CHARACTERS_MAX) {
        line.append(next);
      }
    }
  }

  /// What was counted so far.
  public Changes changes() {
    endLine();
    return changes;
  }

  private void endLine() {
    String text = line.toString();
    line.setLength(0);
    if (isStructured) {
      readDocument(text);
    } else {
      readText(COLOR.matcher(text).replaceAll(""));
    }
  }

  private void readDocument(String text) {
    if (!text.contains("\"change_summary\"")) {
      return;
    }
    try {
      JsonNode counts = Json.SNAKE.readTree(text).path("changes");
      changes =
          new Changes(
              counts.path("add").asInt(),
              counts.path("change").asInt(),
              counts.path("remove").asInt(),
              counts.path("import").asInt());
    } catch (IOException e) {
      // A provisioner may print lines that only look like terraform's.
      return;
    }
  }

  private void readText(String text) {
    Matcher summary = SUMMARY.matcher(text);
    if (!summary.find()) {
      return;
    }
    int[] counts = new int[4];
    Matcher count = COUNT.matcher(summary.group(1));
    while (count.find()) {
      int which =
          switch (count.group(2)) {
            case "added" -> 0;
            case "changed" -> 1;
            case "destroyed" -> 2;
            default -> 3;
          };
      counts[which] = Integer.parseInt(count.group(1));
    }
    changes = new Changes(counts[0], counts[1], counts[2], counts[3]);
  }
}
