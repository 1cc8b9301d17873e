package io.terrarium.core.variableset;

/// Whose sets a list holds.
public enum VariableSetScope {
  OF_ORGANIZATION,
  /// Without those of its projects.
  OWNED_BY_ORGANIZATION,
  /// All that have to do with a project, whoever owns them.
  OF_PROJECT,
  APPLIED_TO_PROJECT,
  /// Applied to a project by the organization.
  SHARED_WITH_PROJECT,
  OWNED_BY_PROJECT,
  APPLIED_TO_WORKSPACE,
  /// Could be applied to a workspace, but are not.
  APPLICABLE_TO_WORKSPACE
}
