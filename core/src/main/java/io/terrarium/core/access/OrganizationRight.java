package io.terrarium.core.access;

/// What may be done with an organization as a whole.
public enum OrganizationRight {
  /// See that it exists, with its settings and entitlements.
  READ,
  UPDATE,
  DESTROY,
  /// See, replace and delete the organization's API token.
  MANAGE_TOKEN,
  READ_PROJECTS,
  CREATE_PROJECT,
  MANAGE_PROJECTS,
  READ_WORKSPACES,
  CREATE_WORKSPACE,
  /// See the queue and the list of all runs, as far as they are in workspaces that one may see.
  READ_RUNS,
  READ_VARIABLE_SETS,
  MANAGE_VARIABLE_SETS,
  /// SSH keys, and connections to Git hosts.
  MANAGE_VCS_SETTINGS
}
