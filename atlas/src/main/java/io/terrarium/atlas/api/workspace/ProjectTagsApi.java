package io.terrarium.atlas.api.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.ProjectTags;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import java.util.Optional;

/// The tags of projects.
public final class ProjectTagsApi {
  private static final String PROJECT = "/api/v2/projects/:project_id";

  private final ProjectTags tags;

  public ProjectTagsApi(ProjectTags tags) {
    this.tags = tags;
  }

  public void mount(Api api) {
    new TagBindingRoutes<>(tags, ProjectTagsApi::id).mount(api, PROJECT);
    api.get(PROJECT + "/effective-tag-bindings", this::listEffective);
  }

  /// Nothing stands above a project, so that it inherits none.
  private Reply listEffective(Call call) {
    return Reply.document(
        200,
        Document.of(
            tags.list(call.get(Principal.class), id(call)).stream()
                .map(own -> TagBindingResource.effective(own, Optional.empty()))
                .toList()));
  }

  private static ProjectId id(Call call) {
    return call.path("project_id", ProjectId::new);
  }
}
