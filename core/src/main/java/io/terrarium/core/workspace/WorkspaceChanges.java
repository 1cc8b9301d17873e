package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.List;
import java.util.Optional;

/// What a client wants set; what it left out stays.
///
/// @param executionMode as sent, since not all that clients know is possible here
/// @param operations the older way to say the execution mode
/// @param inheritsExecutionMode whether the organization's execution mode shall be in force again
/// @param tags to be bound
/// @param replacesTags whether those that are bound now go
public record WorkspaceChanges(
    Patch<String> name,
    Patch<String> description,
    Patch<String> executionMode,
    Patch<Boolean> operations,
    boolean inheritsExecutionMode,
    Patch<String> terraformVersion,
    Patch<String> workingDirectory,
    Patch<Boolean> autoApply,
    Patch<Boolean> autoApplyRunTrigger,
    Patch<Boolean> allowDestroyPlan,
    Patch<Boolean> assessmentsEnabled,
    Patch<Boolean> fileTriggersEnabled,
    Patch<Boolean> globalRemoteState,
    Patch<Boolean> queueAllRuns,
    Patch<Boolean> speculativeEnabled,
    Patch<Boolean> structuredRunOutputEnabled,
    Patch<List<String>> triggerPrefixes,
    Patch<List<String>> triggerPatterns,
    Patch<VcsRepoChanges> vcsRepo,
    Optional<ProjectId> project,
    List<Tag> tags,
    boolean replacesTags) {
  public WorkspaceChanges {
    tags = List.copyOf(tags);
  }
}
