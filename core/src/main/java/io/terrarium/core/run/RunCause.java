package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.Optional;

/// Who has canceled a run, and what has set it off, where that was neither a person nor an upload.
public record RunCause(Optional<UserId> canceledBy, Optional<Trigger> trigger) {
  static final RunCause NONE = new RunCause(Optional.empty(), Optional.empty());

  /// An apply in another workspace.
  public record Trigger(RunId run, WorkspaceId workspace, String workspaceName) {}
}
