package io.terrarium.core.access;

import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/// The table of rights: by kind of caller, and by how they belong.
final class Rights {
  private static final Set<OrganizationRight> ORGANIZATION_TOKEN =
      EnumSet.complementOf(EnumSet.of(OrganizationRight.DESTROY, OrganizationRight.MANAGE_TOKEN));

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
      Principal principal, long organizationKey, Membership membership) {
    return switch (principal) {
      case UserPrincipal _, TeamPrincipal _ ->
          switch (membership) {
            case OWNER -> EnumSet.allOf(OrganizationRight.class);
            case MEMBER -> EnumSet.of(OrganizationRight.READ, OrganizationRight.READ_RUNS);
            case NONE -> Set.of();
          };
      case OrganizationPrincipal organization ->
          organization.organizationKey() == organizationKey ? ORGANIZATION_TOKEN : Set.of();
      case RunPrincipal run ->
          run.organizationKey() == organizationKey ? EnumSet.of(OrganizationRight.READ) : Set.of();
    };
  }

  /// @param isStateShared whether a run of another workspace may read this one's state
  static Set<WorkspaceRight> inWorkspace(
      Principal principal,
      long workspaceKey,
      long organizationKey,
      Membership membership,
      boolean isStateShared) {
    return switch (principal) {
      case UserPrincipal _, TeamPrincipal _ ->
          membership == Membership.OWNER ? EnumSet.allOf(WorkspaceRight.class) : Set.of();
      case OrganizationPrincipal organization ->
          organization.organizationKey() == organizationKey
              ? ORGANIZATION_TOKEN_IN_WORKSPACE
              : Set.of();
      case RunPrincipal run -> {
        if (run.workspaceKey() == workspaceKey) {
          yield OWN_RUN;
        }
        yield run.organizationKey() == organizationKey && isStateShared ? REMOTE_STATE : Set.of();
      }
    };
  }
}
