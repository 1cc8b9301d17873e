package io.terrarium.atlas.ui.team;

import io.terrarium.core.access.OrganizationPermission;
import java.util.List;

/// Some of what a team may be given in the whole organization, in words.
public record AccessGroup(String title, List<OrganizationPermission> permissions) {
  static final List<AccessGroup> ALL =
      List.of(
          new AccessGroup(
              "Projects and workspaces",
              OrganizationPermission.READ_PROJECTS,
              OrganizationPermission.READ_WORKSPACES,
              OrganizationPermission.MANAGE_WORKSPACES,
              OrganizationPermission.MANAGE_PROJECTS),
          new AccessGroup(
              "People and teams",
              OrganizationPermission.MANAGE_MEMBERSHIP,
              OrganizationPermission.MANAGE_TEAMS,
              OrganizationPermission.MANAGE_ORGANIZATION_ACCESS,
              OrganizationPermission.ACCESS_SECRET_TEAMS),
          new AccessGroup(
              "Git hosts and the registry",
              OrganizationPermission.MANAGE_VCS_SETTINGS,
              OrganizationPermission.MANAGE_MODULES,
              OrganizationPermission.MANAGE_PROVIDERS),
          new AccessGroup(
              "What Terrarium does not have",
              OrganizationPermission.MANAGE_POLICIES,
              OrganizationPermission.MANAGE_POLICY_OVERRIDES,
              OrganizationPermission.DELEGATE_POLICY_OVERRIDES,
              OrganizationPermission.MANAGE_RUN_TASKS,
              OrganizationPermission.MANAGE_AGENT_POOLS));

  public AccessGroup {
    permissions = List.copyOf(permissions);
  }

  private AccessGroup(String title, OrganizationPermission... permissions) {
    this(title, List.of(permissions));
  }

  /// The name of its box.
  public static String field(OrganizationPermission permission) {
    return TeamForm.field(permission);
  }

  public static String label(OrganizationPermission permission) {
    return switch (permission) {
      case READ_PROJECTS -> "See all projects";
      case READ_WORKSPACES -> "See all workspaces";
      case MANAGE_WORKSPACES -> "Manage all workspaces";
      case MANAGE_PROJECTS -> "Manage all projects";
      case MANAGE_MEMBERSHIP -> "Manage members";
      case MANAGE_TEAMS -> "Manage teams";
      case MANAGE_ORGANIZATION_ACCESS -> "Manage organization access";
      case ACCESS_SECRET_TEAMS -> "See secret teams";
      case MANAGE_VCS_SETTINGS -> "Manage version control";
      case MANAGE_MODULES -> "Manage modules";
      case MANAGE_PROVIDERS -> "Manage providers";
      case MANAGE_POLICIES -> "Manage policies";
      case MANAGE_POLICY_OVERRIDES -> "Override policies";
      case DELEGATE_POLICY_OVERRIDES -> "Delegate policy overrides";
      case MANAGE_RUN_TASKS -> "Manage run tasks";
      case MANAGE_AGENT_POOLS -> "Manage agent pools";
    };
  }

  public static String hint(OrganizationPermission permission) {
    return switch (permission) {
      case READ_PROJECTS -> "It sees which projects there are, not what is in them.";
      case READ_WORKSPACES ->
          "It sees all workspaces and projects, with runs, variables and states, and the variable"
              + " sets.";
      case MANAGE_WORKSPACES ->
          "It makes workspaces and variable sets, and may do everything in all of them.";
      case MANAGE_PROJECTS ->
          "It makes, changes and deletes projects, and may do everything in all workspaces.";
      case MANAGE_MEMBERSHIP ->
          "It invites people, takes them out, and puts them into the teams that it sees, but not"
              + " into that of the owners.";
      case MANAGE_TEAMS ->
          "It makes, changes and deletes teams, secret ones too, and manages members and tokens of"
              + " teams.";
      case MANAGE_ORGANIZATION_ACCESS ->
          "It says what teams may do in the whole organization, its own included, and manages teams"
              + " and members.";
      case ACCESS_SECRET_TEAMS -> "It sees all teams and who is in them.";
      case MANAGE_VCS_SETTINGS -> "It connects the organization to Git hosts, and keeps SSH keys.";
      case MANAGE_MODULES -> "It publishes, changes and deletes modules of the registry.";
      case MANAGE_PROVIDERS ->
          "It publishes, changes and deletes providers of the registry, and the keys that sign"
              + " them.";
      case MANAGE_POLICIES, MANAGE_POLICY_OVERRIDES, MANAGE_AGENT_POOLS ->
          "Here it only sees all projects, workspaces and runs.";
      case DELEGATE_POLICY_OVERRIDES, MANAGE_RUN_TASKS -> "Here it gives nothing.";
    };
  }
}
