package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.variable.VariableChanges;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.List;
import java.util.Optional;

/// What a client wants of a set; what it left out stays.
///
/// @param workspaces exactly those it is to be applied to
/// @param projects exactly those it is to be applied to
/// @param variables to be added
public record VariableSetChanges(
    Patch<String> name,
    Patch<String> description,
    Patch<Boolean> global,
    Patch<Boolean> priority,
    Optional<List<WorkspaceId>> workspaces,
    Optional<List<ProjectId>> projects,
    List<VariableChanges> variables) {
  public VariableSetChanges {
    variables = List.copyOf(variables);
  }
}
