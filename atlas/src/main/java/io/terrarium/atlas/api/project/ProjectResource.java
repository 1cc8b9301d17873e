package io.terrarium.atlas.api.project;

import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectView;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

  /// Which settings a project has of its own; the others are the organization's.
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
    static Permissions of(Project project, ProjectAccess access) {
      return new Permissions(
          access.allows(ProjectRight.READ),
          access.allows(ProjectRight.UPDATE),
          access.allows(ProjectRight.DESTROY) && !project.isDefault(),
          access.allows(ProjectRight.CREATE_WORKSPACE),
          access.allows(ProjectRight.MOVE_WORKSPACE),
          false,
          false,
          access.allows(ProjectRight.READ_TEAMS),
          access.allows(ProjectRight.UPDATE),
          access.allows(ProjectRight.MANAGE_TEAMS),
          false,
          false,
          access.allows(ProjectRight.MANAGE_VARIABLE_SETS));
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
            project.teamCount(),
            null,
            project.executionMode(),
            new SettingOverwrites(project.hasOwnExecutionMode(), false),
            false,
            Permissions.of(project, view.access())),
        Map.of(
            "organization",
            Relationship.one(
                "organizations", organization, "/api/v2/organizations/" + organization),
            "tag-bindings",
            Relationship.linked("/api/v2/projects/" + project.id() + "/tag-bindings"),
            "default-agent-pool",
            Relationship.optional("agent-pools", Optional.empty())),
        Map.of("self", "/api/v2/projects/" + project.id().value()));
  }
}
