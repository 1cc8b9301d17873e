package io.terrarium.core.access;

/// What may be done with one project.
public enum ProjectRight {
  /// See that it exists, with its settings.
  READ,
  UPDATE,
  DESTROY,
  CREATE_WORKSPACE,
  /// Move workspaces in and out.
  MOVE_WORKSPACE,
  /// See which teams have access.
  READ_TEAMS,
  /// Give teams access, and take it away.
  MANAGE_TEAMS,
  /// See the variable sets that the project has of its own.
  READ_VARIABLE_SETS,
  MANAGE_VARIABLE_SETS
}
