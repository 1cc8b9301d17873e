package io.terrarium.core.variableset;

import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What sets may be; all problems are collected.
final class VariableSetRules {
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final int DESCRIPTION_CHARACTERS_MAX = 512;

  private VariableSetRules() {}

  /// @param isOfProject whether a project owns it
  static VariableSet.Settings settled(
      VariableSet.Settings before, VariableSetChanges asked, boolean isOfProject) {
    VariableSet.Settings after =
        new VariableSet.Settings(
            asked.name().over(before.name(), ""),
            asked.description().over(before.description(), ""),
            asked.global().over(before.global(), false),
            asked.priority().over(before.priority(), false));
    List<Fault.Problem> problems = new ArrayList<>();
    if (after.name().isBlank()) {
      problems.add(problem("name", "Name can't be blank"));
    } else if (after.name().length() > NAME_CHARACTERS_MAX) {
      problems.add(
          problem("name", "Name must have at most " + NAME_CHARACTERS_MAX + " characters"));
    }
    if (after.description().length() > DESCRIPTION_CHARACTERS_MAX) {
      problems.add(
          problem(
              "description",
              "Description must have at most " + DESCRIPTION_CHARACTERS_MAX + " characters"));
    }
    if ((after.name() + after.description()).indexOf('\0') >= 0) {
      problems.add(problem("name", "Name and description must be texts without NUL"));
    }
    if (after.global() && isOfProject) {
      problems.add(problem("global", "Global is for sets of an organization only"));
    }
    if (after.global() && (isAnything(asked.workspaces()) || isAnything(asked.projects()))) {
      problems.add(
          problem("global", "Global sets reach all workspaces, so they are applied to none"));
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return after;
  }

  private static <T> boolean isAnything(Optional<List<T>> named) {
    return named.filter(list -> !list.isEmpty()).isPresent();
  }

  private static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/" + attribute);
  }
}
