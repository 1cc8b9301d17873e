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
        Map.of("organizations", Renderer.toAll(AdminUser::organizations, this::organizations)));
  }

  Includes<AdminOrganization> ofOrganizations() {
    return includes(
        Map.of(
            "owners", Renderer.toAll(organization -> List.of(organization.name()), this::owners)));
  }

  Includes<AdminWorkspace> ofWorkspaces() {
    return includes(
        Map.of(
            "organization",
            Renderer.toAll(workspace -> List.of(workspace.organizationName()), this::organizations),
            "organization.owners",
            Renderer.toAll(workspace -> List.of(workspace.organizationName()), this::withOwners),
            "current_run",
            Renderer.toAll(
                workspace -> Optional.ofNullable(workspace.currentRun()).stream().toList(),
                (caller, ids) ->
                    site.runs().findAll(caller, ids).stream().map(AdminRunResource::of).toList())));
  }

  Includes<AdminRun> ofRuns() {
    return includes(
        Map.of(
            "workspace",
            Renderer.toAll(run -> List.of(run.workspace()), this::workspaces),
            "workspace.organization",
            Renderer.toAll(
                run -> List.of(Place.of(run)), (caller, at) -> places(caller, at, false)),
            "workspace.organization.owners",
            Renderer.toAll(
                run -> List.of(Place.of(run)), (caller, at) -> places(caller, at, true))));
  }

  private record Place(WorkspaceId workspace, String organization) {
    static Place of(AdminRun run) {
      return new Place(run.workspace(), run.organizationName());
    }
  }

  private static <T> Includes<T> includes(Map<String, Renderer<T>> renderers) {
    return new Includes<>(renderers.keySet(), renderers);
  }

  private List<Resource> places(Principal caller, List<Place> places, boolean withOwners) {
    List<String> names = places.stream().map(Place::organization).distinct().toList();
    return Stream.concat(
            workspaces(caller, places.stream().map(Place::workspace).toList()).stream(),
            (withOwners ? withOwners(caller, names) : organizations(caller, names)).stream())
        .toList();
  }

  private List<Resource> workspaces(Principal caller, List<WorkspaceId> ids) {
    return site.workspaces().findAll(caller, ids).stream().map(AdminWorkspaceResource::of).toList();
  }

  private List<Resource> organizations(Principal caller, List<String> names) {
    return site.organizations().findAll(caller, names).stream()
        .map(AdminOrganizationResource::of)
        .toList();
  }

  private List<Resource> owners(Principal caller, List<String> organizations) {
    return site.users().owners(caller, organizations).stream().map(AdminUserResource::of).toList();
  }

  private List<Resource> withOwners(Principal caller, List<String> names) {
    return Stream.concat(organizations(caller, names).stream(), owners(caller, names).stream())
        .toList();
  }
}
