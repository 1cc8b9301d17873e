package io.terrarium.atlas.api.project;

import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectView;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A project on the wire.
final class ProjectResource {
  static final String TYPE = "projects";

  private ProjectResource() {}

  record Attributes(
      String name,
      String description,
      Instant createdAt,
      int workspaceCount,
      int teamCount,
      @Nullable String autoDestroyActivityDuration,
      String defaultExecutionMode,
      SettingOverwrites settingOverwrites,
      boolean isUnified,
      Permissions permissions) {}

  /// Which settings a project has of its own; none yet, so all are the organization's.
  record SettingOverwrites(boolean defaultExecutionMode, boolean defaultAgentPool) {}

  record Permissions(
      boolean canRead,
      boolean canUpdate,
      boolean canDestroy,
      boolean canCreateWorkspace,
      boolean canMoveWorkspace,
      boolean canMoveStack,
      boolean canDeployNoCodeModules,
      boolean canReadTeams,
      boolean canManageTags,
      boolean canManageTeams,
      boolean canManageInHcp,
      boolean canManageEphemeralWorkspaceForProjects,
      boolean canManageVarsets) {
    static Permissions of(Project project, OrganizationAccess access) {
      boolean canManage = access.allows(OrganizationRight.MANAGE_PROJECTS);
      boolean canCreateWorkspace = access.allows(OrganizationRight.CREATE_WORKSPACE);
      return new Permissions(
          access.allows(OrganizationRight.READ_PROJECTS),
          canManage,
          canManage && !project.isDefault(),
          canCreateWorkspace,
          canCreateWorkspace,
          false,
          false,
          false,
          false,
          false,
          false,
          false,
          access.allows(OrganizationRight.MANAGE_VARIABLE_SETS));
    }
  }

  static Resource of(ProjectView view) {
    Project project = view.project();
    String organization = project.organizationName();
    return new Resource(
        project.id().value(),
        TYPE,
        new Attributes(
            project.name(),
            project.description(),
            project.createdAt(),
            project.workspaceCount(),
            0,
            null,
            project.executionMode(),
            new SettingOverwrites(false, false),
            false,
            Permissions.of(project, view.access())),
        Map.of(
            "organization",
            Relationship.one(
                "organizations", organization, "/api/v2/organizations/" + organization)),
        Map.of("self", "/api/v2/projects/" + project.id().value()));
  }
}
