package io.terrarium.atlas.api.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A variable set on the wire.
final class VariableSetResource {
  static final String TYPE = "varsets";

  private VariableSetResource() {}

  record Attributes(
      String name,
      String description,
      boolean global,
      boolean priority,
      Instant createdAt,
      Instant updatedAt,
      int varCount,
      int workspaceCount,
      int projectCount,
      int stackCount,
      Permissions permissions) {}

  record Permissions(boolean canUpdate) {}

  static Resource of(VariableSet.Visible visible) {
    VariableSet set = visible.set();
    VariableSet.Settings settings = set.settings();
    VariableSet.Related related = set.related();
    return new Resource(
        set.id().value(),
        TYPE,
        new Attributes(
            settings.name(),
            settings.description(),
            settings.global(),
            settings.priority(),
            set.createdAt(),
            set.updatedAt(),
            related.variables().size(),
            related.workspaces().size(),
            related.projects().size(),
            0,
            new Permissions(visible.isChangeable())),
        relationships(set),
        Map.of("self", "/api/v2/varsets/" + set.id()));
  }

  private static Map<String, Relationship> relationships(VariableSet set) {
    VariableSet.Owner owner = set.owner();
    Relationship organization =
        Relationship.one(
            "organizations",
            owner.organizationName(),
            "/api/v2/organizations/" + owner.organizationName());
    ProjectId project = owner.projectId();
    Map<String, Relationship> relationships = new LinkedHashMap<>();
    relationships.put("organization", organization);
    relationships.put(
        "parent",
        project == null
            ? organization
            : Relationship.one("projects", project.value(), "/api/v2/projects/" + project));
    relationships.put(
        "vars",
        Relationship.many(
            "vars", set.related().variables().stream().map(VariableId::value).toList()));
    relationships.put(
        "workspaces",
        Relationship.many(
            "workspaces", set.related().workspaces().stream().map(WorkspaceId::value).toList()));
    relationships.put(
        "projects",
        Relationship.many(
            "projects", set.related().projects().stream().map(ProjectId::value).toList()));
    relationships.put("stacks", Relationship.many("stacks", List.of()));
    return relationships;
  }
}
