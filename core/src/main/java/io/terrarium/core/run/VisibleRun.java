package io.terrarium.core.run;

import io.terrarium.core.access.WorkspaceAccess;
import org.jspecify.annotations.Nullable;

/// A run with what its caller may do in its workspace.
///
/// @param history the ids of its events and comments, null where they were not asked for
public record VisibleRun(Run run, WorkspaceAccess access, @Nullable HistoryIds history) {
  VisibleRun(Run run, WorkspaceAccess access) {
    this(run, access, null);
  }
}
