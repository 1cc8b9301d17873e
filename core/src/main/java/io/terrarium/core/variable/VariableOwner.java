package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;

/// What a variable belongs to.
public sealed interface VariableOwner {
  /// A workspace, which alone gets it.
  record OfWorkspace(WorkspaceId id) implements VariableOwner {}

  /// A set, whose workspaces get it.
  record OfSet(VariableSetId id) implements VariableOwner {}
}
