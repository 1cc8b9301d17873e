package io.terrarium.core.workspace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What its users set.
///
/// @param executionMode null: as the organization has it
/// @param terraformVersion exact, a constraint, or `latest`
public record WorkspaceSettings(
    String name,
    @Nullable String description,
    @Nullable ExecutionMode executionMode,
    String terraformVersion,
    String workingDirectory,
    boolean autoApply,
    boolean autoApplyRunTrigger,
    boolean allowDestroyPlan,
    boolean assessmentsEnabled,
    boolean fileTriggersEnabled,
    boolean globalRemoteState,
    boolean queueAllRuns,
    boolean speculativeEnabled,
    boolean structuredRunOutputEnabled,
    List<String> triggerPrefixes,
    List<String> triggerPatterns) {
  public WorkspaceSettings {
    triggerPrefixes = List.copyOf(triggerPrefixes);
    triggerPatterns = List.copyOf(triggerPatterns);
  }

  /// A new workspace before its creator's wishes.
  static WorkspaceSettings fresh(String terraformVersion, boolean globalRemoteState) {
    return new WorkspaceSettings(
        "",
        null,
        null,
        terraformVersion,
        "",
        false,
        false,
        true,
        false,
        true,
        globalRemoteState,
        false,
        true,
        true,
        List.of(),
        List.of());
  }
}
