package io.terrarium.core.access;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.kernel.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The question before every use case: may this caller see it, and what may they do? Whatever they
/// may not see is [Fault.NotFound].
public final class Access {
  private final AccessStore store = new AccessStore();
  private final ProjectAccessStore projects = new ProjectAccessStore();
  private final TeamAccessStore teams = new TeamAccessStore();

  /// @throws Fault.Unauthorized for members whose token the organization does not take
  public OrganizationAccess organization(Handle db, Principal principal, String name) {
    OrganizationAccess found =
        store.organization(db, principal, name).orElseThrow(Fault.NotFound::new);
    requireOpen(principal, found.key());
    return visible(found);
  }

  public OrganizationAccess organization(Handle db, Principal principal, long key) {
    return visible(store.organization(db, principal, key).orElseThrow(Fault.NotFound::new));
  }

  /// Those of a page, by key; what is not visible is missing.
  public Map<Long, OrganizationAccess> organizations(
      Handle db, Principal principal, List<Long> keys) {
    return store.organizations(db, principal, keys).stream()
        .filter(organization -> organization.allows(OrganizationRight.READ))
        .collect(Collectors.toMap(OrganizationAccess::key, Function.identity()));
  }

  public WorkspaceAccess workspace(Handle db, Principal principal, WorkspaceId id) {
    return visible(store.workspace(db, principal, id).orElseThrow(Fault.NotFound::new));
  }

  public WorkspaceAccess workspace(Handle db, Principal principal, long key) {
    return visible(store.workspace(db, principal, key).orElseThrow(Fault.NotFound::new));
  }

  /// Whether there is a workspace that the caller administers.
  public boolean administersWorkspaces(Handle db, OrganizationAccess in) {
    return in.allows(OrganizationRight.MANAGE_WORKSPACES) || store.administersWorkspaces(db, in);
  }

  /// @throws Fault.Unauthorized for members whose token the organization does not take
  public WorkspaceAccess workspaceNamed(
      Handle db, Principal principal, String organization, String name) {
    WorkspaceAccess found =
        store.workspace(db, principal, organization, name).orElseThrow(Fault.NotFound::new);
    requireOpen(principal, found.organizationKey());
    return visible(found);
  }

  /// Those of `keys` that the caller may see, by one query.
  public Map<Long, WorkspaceAccess> workspaces(Handle db, Principal principal, List<Long> keys) {
    return store.workspaces(db, principal, keys).stream()
        .filter(access -> access.allows(WorkspaceRight.READ))
        .collect(Collectors.toMap(WorkspaceAccess::key, Function.identity()));
  }

  public ProjectAccess project(Handle db, Principal principal, ProjectId id) {
    return findProject(db, principal, id).orElseThrow(Fault.NotFound::new);
  }

  /// Empty where it is not there, or the caller may not see it.
  public Optional<ProjectAccess> findProject(Handle db, Principal principal, ProjectId id) {
    return projects.find(db, principal, id).filter(found -> found.allows(ProjectRight.READ));
  }

  /// The default project of an organization, whether or not the caller may see it.
  public ProjectAccess defaultProject(Handle db, Principal principal, long organizationKey) {
    return projects.findDefault(db, principal, organizationKey).orElseThrow(Fault.NotFound::new);
  }

  /// Those of `keys` that the caller may see, by one query.
  public Map<Long, ProjectAccess> projects(Handle db, Principal principal, List<Long> keys) {
    return projects.list(db, principal, keys).stream()
        .filter(access -> access.allows(ProjectRight.READ))
        .collect(Collectors.toMap(ProjectAccess::key, Function.identity()));
  }

  public TeamAccess team(Handle db, Principal principal, TeamId id) {
    return teams.find(db, principal, id).orElseThrow(Fault.NotFound::new).require(TeamRight.READ);
  }

  /// Those of `keys` that the caller may see, by one query.
  public Map<Long, TeamAccess> teams(Handle db, Principal principal, List<Long> keys) {
    return teams.list(db, principal, keys).stream()
        .filter(access -> access.allows(TeamRight.READ))
        .collect(Collectors.toMap(TeamAccess::key, Function.identity()));
  }

  /// Those of `ids` that the caller may see, by one query.
  public Map<TeamId, TeamAccess> teamsNamed(
      Handle db, Principal principal, Collection<TeamId> ids) {
    return teams.named(db, principal, ids).stream()
        .filter(access -> access.allows(TeamRight.READ))
        .collect(Collectors.toMap(TeamAccess::id, Function.identity()));
  }

  /// For what belongs to a person: accounts, their tokens, new organizations.
  public static UserPrincipal requireUser(Principal principal) {
    if (principal instanceof UserPrincipal user) {
      return user;
    }
    throw new Fault.NotFound();
  }

  /// For the administration of the whole site, which nobody else may know of.
  public static UserPrincipal requireSiteAdmin(Principal principal) {
    UserPrincipal user = requireUser(principal);
    if (!user.siteAdmin()) {
      throw new Fault.NotFound();
    }
    return user;
  }

  /// Who names an organization that they belong to is told that it is the token that is not taken;
  /// to who knows a thing in it by its id, it is not there.
  ///
  /// @throws Fault.Unauthorized for members whose token the organization does not take
  public static void requireOpen(Principal principal, long organizationKey) {
    if (principal.closed().contains(organizationKey)) {
      throw new Fault.Unauthorized(
          "The organization does not take this token: it is too old, or tokens of persons are"
              + " switched off there.");
    }
  }

  private static OrganizationAccess visible(OrganizationAccess access) {
    return access.require(OrganizationRight.READ);
  }

  private static WorkspaceAccess visible(WorkspaceAccess access) {
    return access.require(WorkspaceRight.READ);
  }
}
