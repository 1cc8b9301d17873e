package io.terrarium.core.workspace;

import io.terrarium.core.terraformversion.VersionChoice;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a workspace's settings may be. All problems are collected, so that a client hears of them
/// at once.
final class WorkspaceRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,90}");
  private static final int DESCRIPTION_CHARACTERS_MAX = 4096;

  private final VersionChoice versions;
  private final List<Fault.Problem> problems = new ArrayList<>();

  WorkspaceRules(VersionChoice versions) {
    this.versions = versions;
  }

  /// `current` with the changes; throws when the result would break a rule.
  WorkspaceSettings apply(WorkspaceSettings current, WorkspaceChanges changes) {
    WorkspaceSettings changed =
        new WorkspaceSettings(
            changes.name().over(current.name(), ""),
            described(current, changes.description()),
            mode(current, changes),
            changes.terraformVersion().over(current.terraformVersion(), versions.usual()),
            changes.workingDirectory().over(current.workingDirectory(), ""),
            changes.autoApply().over(current.autoApply(), false),
            changes.autoApplyRunTrigger().over(current.autoApplyRunTrigger(), false),
            changes.allowDestroyPlan().over(current.allowDestroyPlan(), true),
            changes.assessmentsEnabled().over(current.assessmentsEnabled(), false),
            changes.fileTriggersEnabled().over(current.fileTriggersEnabled(), true),
            changes.globalRemoteState().over(current.globalRemoteState()),
            changes.queueAllRuns().over(current.queueAllRuns(), false),
            changes.speculativeEnabled().over(current.speculativeEnabled(), true),
            changes.structuredRunOutputEnabled().over(current.structuredRunOutputEnabled(), true),
            changes.triggerPrefixes().over(current.triggerPrefixes(), List.of()),
            changes.triggerPatterns().over(current.triggerPatterns(), List.of()));
    check(changed);
    // What it has already, it may keep.
    changes
        .terraformVersion()
        .given()
        .filter(wanted -> !wanted.equals(current.terraformVersion()))
        .flatMap(versions::problem)
        .ifPresent(why -> problem("terraform-version", "Terraform version " + why));
    changes.tags().forEach(tag -> tag.problem().ifPresent(this::tagProblem));
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return changed;
  }

  private static @Nullable String described(WorkspaceSettings current, Patch<String> change) {
    return switch (change) {
      case Patch.Absent<String> _ -> current.description();
      case Patch.Null<String> _ -> null;
      case Patch.Value<String>(String value) -> value;
    };
  }

  private @Nullable ExecutionMode mode(WorkspaceSettings current, WorkspaceChanges changes) {
    Optional<String> asked = changes.executionMode().given();
    if (asked.isEmpty()) {
      return changes
          .operations()
          .given()
          .map(remote -> remote ? ExecutionMode.REMOTE : ExecutionMode.LOCAL)
          .orElse(changes.inheritsExecutionMode() ? null : current.executionMode());
    }
    switch (asked.get()) {
      case "remote" -> {
        return ExecutionMode.REMOTE;
      }
      case "local" -> {
        return ExecutionMode.LOCAL;
      }
      case "agent" ->
          problem("execution-mode", "Execution mode agent needs an agent pool, and there is none");
      default -> problem("execution-mode", "Execution mode must be remote, local or agent");
    }
    return current.executionMode();
  }

  private void check(WorkspaceSettings settings) {
    if (settings.name().isEmpty()) {
      problem("name", "Name can't be blank");
    } else if (!NAME.matcher(settings.name()).matches()) {
      problem(
          "name",
          "Name must have at most 90 characters, only letters, numbers, \"-\", \"_\" and \".\"");
    }
    String description = settings.description();
    if (description != null && description.length() > DESCRIPTION_CHARACTERS_MAX) {
      problem(
          "description",
          "Description must have at most " + DESCRIPTION_CHARACTERS_MAX + " characters");
    }
    String directory = settings.workingDirectory();
    if (directory.startsWith("/") || isOutside(directory)) {
      problem(
          "working-directory",
          "Working directory must be a relative path inside the configuration");
    }
    if (!settings.triggerPrefixes().isEmpty() && !settings.triggerPatterns().isEmpty()) {
      problem("trigger-patterns", "Trigger patterns cannot be set together with trigger prefixes");
    }
    if (settings.triggerPrefixes().stream().anyMatch(WorkspaceRules::isOutside)) {
      problem("trigger-prefixes", "Trigger prefixes must be relative paths");
    }
  }

  private static boolean isOutside(String path) {
    return path.indexOf('\0') >= 0
        || path.contains("\\")
        || path.contains("~")
        || List.of(path.split("/")).contains("..");
  }

  private void tagProblem(String detail) {
    problems.add(new Fault.Problem(detail, "/data/relationships/tag-bindings"));
  }

  private void problem(String attribute, String detail) {
    problems.add(new Fault.Problem(detail, "/data/attributes/" + attribute));
  }
}
