package io.terrarium.atlas.api.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.ProjectTags;
import io.terrarium.core.workspace.Tag;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import java.util.List;
import java.util.Optional;

/// The tags of projects.
public final class ProjectTagsApi {
  private static final String PROJECT = "/api/v2/projects/:project_id";

  private final ProjectTags tags;

  public ProjectTagsApi(ProjectTags tags) {
    this.tags = tags;
  }

  public void mount(Api api) {
    api.get(PROJECT + "/tag-bindings", this::list);
    api.patch(PROJECT + "/tag-bindings", this::add);
    api.get(PROJECT + "/relationships/tag-bindings", this::list);
    api.post(PROJECT + "/relationships/tag-bindings", this::addRelated);
    api.patch(PROJECT + "/relationships/tag-bindings", this::replaceRelated);
    api.get(PROJECT + "/effective-tag-bindings", this::listEffective);
  }

  private Reply list(Call call) {
    return shown(tags.list(call.get(Principal.class), id(call)));
  }

  private Reply add(Call call) {
    return shown(tags.add(call.get(Principal.class), id(call), WorkspaceRequests.tags(call)));
  }

  private Reply addRelated(Call call) {
    tags.add(call.get(Principal.class), id(call), WorkspaceRequests.tags(call));
    return Reply.noContent();
  }

  private Reply replaceRelated(Call call) {
    tags.replace(call.get(Principal.class), id(call), WorkspaceRequests.tags(call));
    return Reply.noContent();
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

  private static Reply shown(List<Tag.Bound> bound) {
    return Reply.document(200, Document.of(bound.stream().map(TagBindingResource::of).toList()));
  }

  private static ProjectId id(Call call) {
    return call.path("project_id", ProjectId::new);
  }
}
