package io.terrarium.core.notification;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;

/// Of whose runs a receiver is told.
public sealed interface Subscribable {
  /// Those of one workspace.
  record OfWorkspace(WorkspaceId id) implements Subscribable {}

  /// Those of all workspaces that are in a project when something happens.
  record OfProject(ProjectId id) implements Subscribable {}
}
