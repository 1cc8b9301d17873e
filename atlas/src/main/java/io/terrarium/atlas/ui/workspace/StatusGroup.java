package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.ui.frame.Statuses;
import io.terrarium.core.run.RunStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What people look for in a list of workspaces: those whose current run is of one colour.
public enum StatusGroup {
  WAITING("Needs attention", "wait"),
  RUNNING("Running", "busy"),
  ERRORED("Errored", "bad"),
  APPLIED("Applied", "good");

  private final String words;
  private final String colour;

  StatusGroup(String words, String colour) {
    this.words = words;
    this.colour = colour;
  }

  static Optional<StatusGroup> of(String wire) {
    return Arrays.stream(values()).filter(group -> group.wire().equals(wire)).findFirst();
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String words() {
    return words;
  }

  List<String> statuses() {
    return Arrays.stream(RunStatus.values())
        .filter(status -> Statuses.colour(status).equals(colour))
        .map(RunStatus::wire)
        .toList();
  }
}
