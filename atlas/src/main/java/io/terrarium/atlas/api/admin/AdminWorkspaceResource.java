package io.terrarium.atlas.api.admin;

import io.terrarium.contracts.id.RunId;
import io.terrarium.core.admin.AdminWorkspace;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A workspace on the wire, as site admins see it.
final class AdminWorkspaceResource {
  static final String TYPE = "workspaces";

  private AdminWorkspaceResource() {}

  record Attributes(String name, boolean locked, @Nullable String vcsRepo) {}

  static Resource of(AdminWorkspace workspace) {
    String organization = workspace.organizationName();
    return new Resource(
        workspace.id().value(),
        TYPE,
        new Attributes(workspace.name(), workspace.locked(), null),
        Map.of(
            "organization",
            Relationship.one(AdminOrganizationResource.TYPE, organization),
            "current-run",
            Relationship.optional(
                AdminRunResource.TYPE,
                Optional.ofNullable(workspace.currentRun()).map(RunId::value))),
        Map.of(
            "self", "/api/v2/organizations/" + organization + "/workspaces/" + workspace.name()));
  }
}
