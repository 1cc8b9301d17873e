package io.terrarium.core.access;

import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The table of rights: by kind of caller, by how they belong, and by what their teams are given.
/// What is given in several places adds up.
final class Rights {
  private static final Set<OrganizationRight> ORGANIZATION_TOKEN =
      EnumSet.complementOf(EnumSet.of(OrganizationRight.DESTROY, OrganizationRight.MANAGE_TOKEN));

  private static final Set<OrganizationRight> MEMBER =
      EnumSet.of(
          OrganizationRight.READ,
          OrganizationRight.READ_RUNS,
          OrganizationRight.READ_PROJECTS,
          OrganizationRight.READ_WORKSPACES,
          OrganizationRight.READ_MEMBERS,
          OrganizationRight.READ_REGISTRY);

  /// Workspaces are configured with it, but it neither runs nor writes state, and it holds no lock:
  /// those need somebody to answer for them.
  private static final Set<WorkspaceRight> ORGANIZATION_TOKEN_IN_WORKSPACE =
      EnumSet.complementOf(
          EnumSet.of(
              WorkspaceRight.QUEUE_RUN,
              WorkspaceRight.APPLY_RUN,
              WorkspaceRight.WRITE_STATE,
              WorkspaceRight.LOCK,
              WorkspaceRight.FORCE_UNLOCK));

  private static final Set<WorkspaceRight> READER =
      EnumSet.of(
          WorkspaceRight.READ,
          WorkspaceRight.READ_RUNS,
          WorkspaceRight.READ_VARIABLES,
          WorkspaceRight.READ_STATE_OUTPUTS,
          WorkspaceRight.READ_STATE);

  private static final Set<WorkspaceRight> ONLOOKER =
      EnumSet.of(WorkspaceRight.READ, WorkspaceRight.READ_RUNS);

  private static final Set<WorkspaceRight> REMOTE_STATE =
      EnumSet.of(WorkspaceRight.READ, WorkspaceRight.READ_STATE_OUTPUTS, WorkspaceRight.READ_STATE);

  private static final Set<WorkspaceRight> OWN_RUN =
      EnumSet.of(
          WorkspaceRight.READ,
          WorkspaceRight.READ_STATE_OUTPUTS,
          WorkspaceRight.READ_STATE,
          WorkspaceRight.WRITE_STATE);

  private Rights() {}

  static Set<OrganizationRight> inOrganization(
      Principal principal, long organizationKey, Standing standing) {
    return switch (principal) {
      case UserPrincipal _, TeamPrincipal _ ->
          switch (standing.membership()) {
            case OWNER -> EnumSet.allOf(OrganizationRight.class);
            case MEMBER -> ofMember(standing);
            case NONE -> Set.of();
          };
      case OrganizationPrincipal organization ->
          organization.organizationKey() == organizationKey ? ORGANIZATION_TOKEN : Set.of();
      case RunPrincipal run ->
          run.organizationKey() == organizationKey
              ? EnumSet.of(OrganizationRight.READ, OrganizationRight.READ_REGISTRY)
              : Set.of();
    };
  }

  private static Set<OrganizationRight> ofMember(Standing standing) {
    Set<OrganizationRight> rights = EnumSet.copyOf(MEMBER);
    standing.permissions().forEach(permission -> rights.addAll(given(permission)));
    return rights;
  }

  /// Of each ladder (projects and workspaces; organization access, teams and members) a higher rung
  /// has what the lower ones have. Policies, run tasks and agent pools are not there to be managed;
  /// with policies and agent pools comes sight of all workspaces and their runs.
  private static Set<OrganizationRight> given(OrganizationPermission permission) {
    return switch (permission) {
      case MANAGE_PROJECTS ->
          EnumSet.of(
              OrganizationRight.READ_ALL_PROJECTS,
              OrganizationRight.CREATE_PROJECT,
              OrganizationRight.MANAGE_PROJECTS,
              OrganizationRight.READ_VARIABLE_SETS,
              OrganizationRight.MANAGE_VARIABLE_SETS,
              OrganizationRight.READ_ALL_WORKSPACES,
              OrganizationRight.READ_ALL_STATES,
              OrganizationRight.CREATE_WORKSPACE,
              OrganizationRight.MANAGE_WORKSPACES);
      case MANAGE_WORKSPACES ->
          EnumSet.of(
              OrganizationRight.READ_VARIABLE_SETS,
              OrganizationRight.MANAGE_VARIABLE_SETS,
              OrganizationRight.READ_ALL_PROJECTS,
              OrganizationRight.READ_ALL_WORKSPACES,
              OrganizationRight.READ_ALL_STATES,
              OrganizationRight.CREATE_WORKSPACE,
              OrganizationRight.MANAGE_WORKSPACES);
      case READ_PROJECTS -> EnumSet.of(OrganizationRight.READ_ALL_PROJECTS);
      case READ_WORKSPACES ->
          EnumSet.of(
              OrganizationRight.READ_ALL_PROJECTS,
              OrganizationRight.READ_ALL_WORKSPACES,
              OrganizationRight.READ_ALL_STATES,
              OrganizationRight.READ_VARIABLE_SETS);
      case MANAGE_POLICIES, MANAGE_POLICY_OVERRIDES, MANAGE_AGENT_POOLS ->
          EnumSet.of(OrganizationRight.READ_ALL_PROJECTS, OrganizationRight.READ_ALL_WORKSPACES);
      case MANAGE_MEMBERSHIP -> EnumSet.of(OrganizationRight.MANAGE_MEMBERS);
      case MANAGE_TEAMS ->
          EnumSet.of(OrganizationRight.MANAGE_MEMBERS, OrganizationRight.MANAGE_TEAMS);
      case MANAGE_ORGANIZATION_ACCESS ->
          EnumSet.of(
              OrganizationRight.MANAGE_MEMBERS,
              OrganizationRight.MANAGE_TEAMS,
              OrganizationRight.MANAGE_ORGANIZATION_ACCESS);
      case ACCESS_SECRET_TEAMS -> EnumSet.of(OrganizationRight.READ_SECRET_TEAMS);
      case MANAGE_VCS_SETTINGS -> EnumSet.of(OrganizationRight.MANAGE_VCS_SETTINGS);
      case MANAGE_MODULES -> EnumSet.of(OrganizationRight.MANAGE_MODULES);
      case MANAGE_PROVIDERS -> EnumSet.of(OrganizationRight.MANAGE_PROVIDERS);
      case DELEGATE_POLICY_OVERRIDES, MANAGE_RUN_TASKS -> Set.of();
    };
  }

  /// @param isStateShared whether a run of another workspace may read this one's state
  static Set<WorkspaceRight> inWorkspace(
      Principal principal,
      long workspaceKey,
      OrganizationAccess organization,
      Optional<WorkspaceGrant> grant,
      boolean isStateShared) {
    return switch (principal) {
      case UserPrincipal _, TeamPrincipal _ -> ofTeams(organization, grant);
      case OrganizationPrincipal caller ->
          caller.organizationKey() == organization.key()
              ? ORGANIZATION_TOKEN_IN_WORKSPACE
              : Set.of();
      case RunPrincipal run -> {
        if (run.workspaceKey() == workspaceKey) {
          yield OWN_RUN;
        }
        boolean isNeighbour = run.organizationKey() == organization.key();
        yield isNeighbour && isStateShared ? REMOTE_STATE : Set.of();
      }
    };
  }

  private static Set<WorkspaceRight> ofTeams(
      OrganizationAccess organization, Optional<WorkspaceGrant> grant) {
    if (organization.allows(OrganizationRight.MANAGE_WORKSPACES)) {
      return EnumSet.allOf(WorkspaceRight.class);
    }
    Set<WorkspaceRight> rights = EnumSet.noneOf(WorkspaceRight.class);
    if (organization.allows(OrganizationRight.READ_ALL_WORKSPACES)) {
      rights.addAll(ONLOOKER);
    }
    if (organization.allows(OrganizationRight.READ_ALL_STATES)) {
      rights.addAll(READER);
    }
    grant.ifPresent(given -> rights.addAll(given.rights()));
    return rights;
  }

  /// @param hasVisibleWorkspace whether the caller may see a workspace that is in it
  static Set<ProjectRight> inProject(
      OrganizationAccess organization, Optional<ProjectGrant> grant, boolean hasVisibleWorkspace) {
    if (organization.allows(OrganizationRight.MANAGE_PROJECTS)) {
      return EnumSet.allOf(ProjectRight.class);
    }
    Set<ProjectRight> rights = EnumSet.noneOf(ProjectRight.class);
    if (hasVisibleWorkspace || organization.allows(OrganizationRight.READ_ALL_PROJECTS)) {
      rights.add(ProjectRight.READ);
    }
    if (organization.allows(OrganizationRight.CREATE_WORKSPACE)) {
      rights.add(ProjectRight.CREATE_WORKSPACE);
      rights.add(ProjectRight.MOVE_WORKSPACE);
    }
    grant.ifPresent(given -> rights.addAll(given.rights()));
    return rights;
  }

  /// @param isMember whether the caller is in it
  static Set<TeamRight> inTeam(
      OrganizationAccess organization, TeamTraits team, boolean isMember, Principal principal) {
    Set<TeamRight> rights = EnumSet.noneOf(TeamRight.class);
    boolean canManage =
        team.isOwners()
            ? organization.allows(OrganizationRight.MANAGE_OWNERS)
            : organization.allows(OrganizationRight.MANAGE_TEAMS);
    boolean isSeen =
        isMember
            || organization.allows(OrganizationRight.READ_SECRET_TEAMS)
            || (!team.isSecret() && organization.allows(OrganizationRight.READ_MEMBERS));
    if (canManage) {
      rights.addAll(EnumSet.of(TeamRight.READ, TeamRight.UPDATE, TeamRight.UPDATE_MEMBERSHIP));
      rights.add(TeamRight.MANAGE_TOKENS);
    }
    if (isSeen) {
      rights.add(TeamRight.READ);
    }
    if (canManage && !team.isOwners()) {
      rights.add(TeamRight.DESTROY);
    }
    if (isSeen && !team.isOwners() && organization.allows(OrganizationRight.MANAGE_MEMBERS)) {
      rights.add(TeamRight.UPDATE_MEMBERSHIP);
    }
    if (canManage
        && !team.isOwners()
        && organization.allows(OrganizationRight.MANAGE_ORGANIZATION_ACCESS)) {
      rights.add(TeamRight.UPDATE_ORGANIZATION_ACCESS);
    }
    boolean isPerson = principal instanceof UserPrincipal;
    if (isMember && isPerson && team.allowsMemberTokens()) {
      rights.add(TeamRight.MANAGE_TOKENS);
    }
    return rights;
  }
}
