package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.Includes.Renderer;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminOrganization;
import io.terrarium.core.admin.AdminRun;
import io.terrarium.core.admin.AdminUser;
import io.terrarium.core.admin.AdminWorkspace;
import io.terrarium.core.admin.Administration;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which resources of the administration may come along with which.
record AdminInclusions(Administration site) {
  Includes<AdminUser> ofUsers() {
    return includes(
        Map.of(
            "organizations",
            Renderer.each((caller, user) ->
                user.organizations().stream().map(name -> organization(caller, name)).toList())));
  }

  Includes<AdminOrganization> ofOrganizations() {
    return includes(
        Map.of(
            "owners",
            Renderer.each((caller, organization) -> owners(caller, organization.name()))));
  }

  Includes<AdminWorkspace> ofWorkspaces() {
    return includes(
        Map.of(
            "organization",
            Renderer.to(
                workspace -> Optional.of(workspace.organizationName()),
                (caller, name) -> List.of(organization(caller, name))),
            "organization.owners",
            Renderer.to(workspace -> Optional.of(workspace.organizationName()), this::withOwners),
            "current_run",
            Renderer.to(
                workspace -> Optional.ofNullable(workspace.currentRun()),
                (caller, id) -> List.of(AdminRunResource.of(site.runs().find(caller, id))))));
  }

  Includes<AdminRun> ofRuns() {
    return includes(
        Map.of(
            "workspace",
            Renderer.to(
                run -> Optional.of(run.workspace()),
                (caller, id) -> List.of(workspace(caller, id))),
            "workspace.organization",
            Renderer.to(
                run -> Optional.of(Place.of(run)),
                (caller, at) ->
                    List.of(
                        workspace(caller, at.workspace()),
                        organization(caller, at.organization()))),
            "workspace.organization.owners",
            Renderer.to(
                run -> Optional.of(Place.of(run)),
                (caller, at) ->
                    Stream.concat(
                            Stream.of(workspace(caller, at.workspace())),
                            withOwners(caller, at.organization()).stream())
                        .toList())));
  }

  private record Place(WorkspaceId workspace, String organization) {
    static Place of(AdminRun run) {
      return new Place(run.workspace(), run.organizationName());
    }
  }

  private static <T> Includes<T> includes(Map<String, Renderer<T>> renderers) {
    return new Includes<>(renderers.keySet(), renderers);
  }

  private Resource workspace(Principal caller, WorkspaceId id) {
    return AdminWorkspaceResource.of(site.workspaces().find(caller, id));
  }

  private Resource organization(Principal caller, String name) {
    return AdminOrganizationResource.of(site.organizations().find(caller, name));
  }

  private List<Resource> owners(Principal caller, String organization) {
    return site.users().owners(caller, organization).stream().map(AdminUserResource::of).toList();
  }

  private List<Resource> withOwners(Principal caller, String organization) {
    return Stream.concat(
            Stream.of(organization(caller, organization)), owners(caller, organization).stream())
        .toList();
  }
}
