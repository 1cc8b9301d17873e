package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Variables that many workspaces share.
public record VariableSet(
    long key,
    VariableSetId id,
    Owner owner,
    Settings settings,
    Related related,
    Instant createdAt,
    Instant updatedAt) {

  /// As a reader of one workspace may see it: they need not know what else it is applied to.
  VariableSet within(WorkspaceId workspace) {
    Related within =
        new Related(
            related.variables(),
            related.workspaces().stream().filter(workspace::equals).toList(),
            List.of());
    return new VariableSet(key, id, owner, settings, within, createdAt, updatedAt);
  }

  /// @param projectId the project that owns it; null where the organization itself does
  public record Owner(
      long organizationKey,
      String organizationName,
      @Nullable Long projectKey,
      @Nullable ProjectId projectId) {}

  /// @param global it reaches all workspaces of the organization
  /// @param priority its variables override all others, those of a run included
  public record Settings(String name, String description, boolean global, boolean priority) {}

  /// What is in it, and what it is applied to.
  public record Related(
      List<VariableId> variables, List<WorkspaceId> workspaces, List<ProjectId> projects) {
    public Related {
      variables = List.copyOf(variables);
      workspaces = List.copyOf(workspaces);
      projects = List.copyOf(projects);
    }
  }

  /// A set, and whether the caller may change it.
  public record Visible(VariableSet set, boolean isChangeable) {}
}
