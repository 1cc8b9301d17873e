package io.terrarium.core.access;

/// What may be done with an organization as a whole.
public enum OrganizationRight {
  /// See that it exists, with its settings and entitlements.
  READ,
  UPDATE,
  DESTROY,
  /// See, replace and delete the organization's API token.
  MANAGE_TOKEN,
  /// List its projects, as far as one may see them.
  READ_PROJECTS,
  /// See all its projects.
  READ_ALL_PROJECTS,
  CREATE_PROJECT,
  /// Change and delete all its projects.
  MANAGE_PROJECTS,
  /// List its workspaces, as far as one may see them.
  READ_WORKSPACES,
  /// See all its workspaces and their runs.
  READ_ALL_WORKSPACES,
  /// See the variables and states of all its workspaces.
  READ_ALL_STATES,
  /// In any of its projects.
  CREATE_WORKSPACE,
  /// Everything in all its workspaces.
  MANAGE_WORKSPACES,
  /// See the queue and the list of all runs, as far as they are in workspaces that one may see.
  READ_RUNS,
  /// See its variable sets, but those of projects.
  READ_VARIABLE_SETS,
  MANAGE_VARIABLE_SETS,
  /// See who belongs to it.
  READ_MEMBERS,
  /// Invite, remove, and put into teams.
  MANAGE_MEMBERS,
  /// See its secret teams too.
  READ_SECRET_TEAMS,
  /// Make, change and delete teams but the owners.
  MANAGE_TEAMS,
  /// Say what teams may do in the whole organization.
  MANAGE_ORGANIZATION_ACCESS,
  /// Change the owners team.
  MANAGE_OWNERS,
  /// SSH keys, and connections to Git hosts.
  MANAGE_VCS_SETTINGS,
  /// See the modules and providers of its private registry.
  READ_REGISTRY,
  /// Publish, change and delete modules.
  MANAGE_MODULES,
  /// Publish, change and delete providers and the keys that sign them.
  MANAGE_PROVIDERS
}
