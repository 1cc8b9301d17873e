package io.terrarium.atlas.api.workspace;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.stateversion.ResourceFilter;
import io.terrarium.core.stateversion.WorkspaceResource;
import io.terrarium.core.stateversion.WorkspaceResources;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The resources that a workspace manages.
public final class WorkspaceResourcesApi {
  private final WorkspaceResources resources;

  public WorkspaceResourcesApi(WorkspaceResources resources) {
    this.resources = resources;
  }

  public void mount(Api api) {
    api.get("/api/v2/workspaces/:workspace_id/resources", this::list);
  }

  private Reply list(Call call) {
    ResourceFilter filter =
        new ResourceFilter(
            call.query("q").filter(text -> !text.isBlank()), sort(call.query("sort").orElse("")));
    return Reply.document(
        200,
        Listing.of(
            call,
            resources
                .list(
                    call.get(Principal.class),
                    call.path("workspace_id", WorkspaceId::new),
                    filter,
                    Page.of(call))
                .map(WorkspaceResourcesApi::resource)));
  }

  private static ResourceFilter.Sort sort(String text) {
    return ResourceFilter.Sort.of(text)
        .orElseThrow(() ->
            new Fault.BadRequest(
                "sort must be name, nameIndex, provider, providerType, module or updatedAt,"
                    + " followed by :asc or :desc."));
  }

  record Attributes(
      String address,
      String name,
      Instant createdAt,
      Instant updatedAt,
      String module,
      String provider,
      String providerType,
      String modifiedByStateVersionId,
      @Nullable String nameIndex) {}

  private static Resource resource(WorkspaceResource resource) {
    return new Resource(
        resource.id().value(),
        "resources",
        new Attributes(
            resource.address(),
            resource.name(),
            resource.createdAt(),
            resource.updatedAt(),
            resource.module(),
            resource.provider(),
            resource.providerType(),
            resource.modifiedBy().value(),
            resource.nameIndex()),
        Map.of(),
        Map.of());
  }
}
