package io.terrarium.atlas.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.Identifiers;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.Tag;
import io.terrarium.core.workspace.WorkspaceTags;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The tags of a workspace: plain ones as `tags`, all of them as `tag-bindings`.
public final class WorkspaceTagsApi {
  private static final String WORKSPACE = "/api/v2/workspaces/:workspace_id";
  private static final String TAG_PREFIX = "tag-";

  private final WorkspaceTags tags;

  public WorkspaceTagsApi(WorkspaceTags tags) {
    this.tags = tags;
  }

  public void mount(Api api) {
    new TagBindingRoutes<>(tags, WorkspaceTagsApi::id).mount(api, WORKSPACE);
    api.get(WORKSPACE + "/effective-tag-bindings", this::listEffectiveBindings);
    api.get(WORKSPACE + "/relationships/tags", this::listTags);
    api.post(WORKSPACE + "/relationships/tags", this::addTags);
    api.delete(WORKSPACE + "/relationships/tags", this::removeTags);
  }

  record TagAttributes(String name) {}

  private Reply listEffectiveBindings(Call call) {
    return Reply.document(
        200, Document.of(resources(tags.effective(call.get(Principal.class), id(call)))));
  }

  /// The workspaces' own tags and those of their projects, for `include=effective_tag_bindings`.
  public static List<Resource> resources(WorkspaceTags.Effective effective) {
    return Stream.concat(
            effective.own().stream()
                .map(own -> TagBindingResource.effective(own, Optional.empty())),
            effective.inherited().stream()
                .map(one -> TagBindingResource.effective(one.bound(), Optional.of(one.from()))))
        .toList();
  }

  private Reply listTags(Call call) {
    Page page = Page.of(call);
    List<Resource> plain =
        tags.list(call.get(Principal.class), id(call)).stream()
            .filter(bound -> bound.tag().value() == null)
            .map(WorkspaceTagsApi::tag)
            .toList();
    List<Resource> onPage = plain.stream().skip(page.offset()).limit(page.size()).toList();
    return Reply.document(200, Listing.of(call, new Paged<>(onPage, page, plain.size())));
  }

  private Reply addTags(Call call) {
    List<String> names = Identifiers.elements(call).stream().map(WorkspaceRequests::name).toList();
    tags.addPlain(call.get(Principal.class), id(call), names);
    return Reply.noContent();
  }

  private Reply removeTags(Call call) {
    List<String> names = new ArrayList<>();
    List<String> suffixes = new ArrayList<>();
    for (JsonNode element : Identifiers.elements(call)) {
      names.add(WorkspaceRequests.name(element));
      String id = element.path("id").asText("");
      if (id.startsWith(TAG_PREFIX)) {
        suffixes.add(id.substring(TAG_PREFIX.length()));
      }
    }
    tags.remove(call.get(Principal.class), id(call), names, suffixes);
    return Reply.noContent();
  }

  private static Resource tag(Tag.Bound bound) {
    return new Resource(
        TAG_PREFIX + bound.suffix(),
        "tags",
        new TagAttributes(bound.tag().key()),
        Map.of(),
        Map.of());
  }

  private static WorkspaceId id(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }
}
