package io.terrarium.core.access;

/// What may be done with one workspace.
public enum WorkspaceRight {
  /// See that it exists, with its settings.
  READ,
  READ_RUNS,
  /// Upload a configuration and plan it.
  QUEUE_RUN,
  /// Confirm, discard and cancel runs.
  APPLY_RUN,
  READ_VARIABLES,
  WRITE_VARIABLES,
  READ_STATE_OUTPUTS,
  READ_STATE,
  WRITE_STATE,
  LOCK,
  FORCE_UNLOCK,
  UPDATE_SETTINGS,
  /// See, give and take away what teams may do with it.
  MANAGE_TEAM_ACCESS,
  DESTROY
}
