package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.core.team.TeamWorkspace;
import io.terrarium.core.team.TeamWorkspace.Level;
import io.terrarium.kernel.json.Kebab;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a team may do in a workspace, in words: the levels, and what is chosen kind by kind.
public final class LevelWords {
  private static final Option NONE = new Option("none", "Nothing");

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "runs",
              "Runs",
              new Option("read", "See them"),
              new Option("plan", "See and start them"),
              new Option("apply", "See, start, confirm, discard and cancel them")),
          new Kind(
              "variables",
              "Variables",
              NONE,
              new Option("read", "See them"),
              new Option("write", "See and change them")),
          new Kind(
              "state-versions",
              "States",
              NONE,
              new Option("read-outputs", "See outputs"),
              new Option("read", "See and download them"),
              new Option("write", "See, download and replace them")),
          new Kind(
              "sentinel-mocks",
              "Mocks of plans for Sentinel, which are not here",
              NONE,
              new Option("read", "Download them")));

  private static final List<Option> BOXES =
      List.of(
          new Option("workspace-locking", "Lock and unlock the workspace"),
          new Option("run-tasks", "Manage run tasks, which are not here"),
          new Option("policy-overrides", "Override failed policies, which are not here"));

  private LevelWords() {}

  /// @param wire as the API has it
  public record Option(String wire, String words) {}

  /// What is chosen of some levels.
  ///
  /// @param name of the attribute
  public record Kind(String name, String label, List<Option> options) {
    Kind(String name, String label, Option... options) {
      this(name, label, List.of(options));
    }
  }

  public static List<Level> levels() {
    return List.of(Level.values());
  }

  public static List<Kind> kinds() {
    return KINDS;
  }

  /// What is allowed or not.
  public static List<Option> boxes() {
    return BOXES;
  }

  public static String wire(Level level) {
    return Kebab.of(level);
  }

  public static String label(Level level) {
    return switch (level) {
      case READ -> "Read";
      case PLAN -> "Plan";
      case WRITE -> "Write";
      case ADMIN -> "Admin";
      case CUSTOM -> "Custom";
    };
  }

  /// What the team may do, in one line.
  public static String of(TeamWorkspace given) {
    if (given.access() != Level.CUSTOM) {
      return hint(given.access());
    }
    Form chosen = AccessForm.filled(given);
    Stream<String> kinds =
        KINDS.stream()
            .flatMap(kind ->
                kind.options().stream()
                    .filter(option -> !option.equals(NONE))
                    .filter(option -> option.wire().equals(chosen.text(kind.name())))
                    .map(option -> kind.label() + ": " + option.words() + "."));
    Stream<String> boxes =
        BOXES.stream().filter(box -> chosen.isOn(box.wire())).map(box -> box.words() + ".");
    return Stream.concat(kinds, boxes).collect(Collectors.joining(" "));
  }

  public static String hint(Level level) {
    return switch (level) {
      case READ -> "It sees runs, variables and states.";
      case PLAN -> "It starts runs as well, which others confirm.";
      case WRITE -> "It confirms runs, changes variables and states, and locks the workspace.";
      case ADMIN -> "It may do everything: settings, team access and deletion too.";
      case CUSTOM -> "It may do what is chosen for it, kind by kind.";
    };
  }
}
