package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.kernel.Fault;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Into which project a caller may put a workspace.
final class WorkspacePlaces {
  private static final Logger log = LoggerFactory.getLogger(WorkspacePlaces.class);

  private final Access access;
  private final WorkspaceStore store = new WorkspaceStore();

  WorkspacePlaces(Access access) {
    this.access = access;
  }

  /// Without a wish, the organization's default project.
  long toCreateIn(Handle db, Principal caller, OrganizationAccess owner, Optional<ProjectId> wish) {
    if (wish.isEmpty()) {
      return access
          .defaultProject(db, caller, owner.key())
          .require(ProjectRight.CREATE_WORKSPACE)
          .key();
    }
    ProjectAccess project = named(db, caller, owner.key(), wish.get());
    if (!project.allows(ProjectRight.CREATE_WORKSPACE)) {
      throw noSuchProject();
    }
    return project.key();
  }

  /// Who moves a workspace may take it from one project and put it into the other; empty when it
  /// stays where it is.
  Optional<Long> after(Handle db, Principal caller, Workspace before, Optional<ProjectId> wish) {
    ProjectId current = before.owner().projectId();
    if (wish.isEmpty() || wish.get().equals(current)) {
      return Optional.empty();
    }
    ProjectAccess target = named(db, caller, before.owner().organizationKey(), wish.get());
    boolean mayMove =
        target.allows(ProjectRight.MOVE_WORKSPACE)
            && access.project(db, caller, current).allows(ProjectRight.MOVE_WORKSPACE);
    if (!mayMove) {
      throw noSuchProject();
    }
    return Optional.of(target.key());
  }

  /// As [#after], for one of several workspaces.
  ///
  /// @param pointer to the workspace in what the client sent
  Optional<Long> entered(
      Handle db, Principal caller, Workspace workspace, ProjectId project, String pointer) {
    try {
      access.workspace(db, caller, workspace.id());
      return after(db, caller, workspace, Optional.of(project));
    } catch (Fault.NotFound | Fault.Invalid hidden) {
      throw noSuchWorkspace(workspace.id(), pointer);
    }
  }

  private ProjectAccess named(Handle db, Principal caller, long organizationKey, ProjectId id) {
    try {
      ProjectAccess project = access.project(db, caller, id);
      if (project.organization().key() == organizationKey && store.keepProject(db, project.key())) {
        return project;
      }
    } catch (Fault.NotFound hidden) {
      log.atDebug().addKeyValue("project_id", id).log("the caller sees no such project");
    }
    throw noSuchProject();
  }

  static Fault noSuchWorkspace(WorkspaceId id, String pointer) {
    return new Fault.Invalid(
        List.of(
            new Fault.Problem(
                "There is no workspace " + id + " in the organization that you may move",
                pointer)));
  }

  private static Fault noSuchProject() {
    return new Fault.Invalid(
        List.of(
            new Fault.Problem(
                "The project must be one of this organization into which you may put workspaces",
                "/data/relationships/project")));
  }
}
