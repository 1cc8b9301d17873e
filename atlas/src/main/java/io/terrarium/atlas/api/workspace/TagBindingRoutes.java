package io.terrarium.atlas.api.workspace;

import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.Tag;
import io.terrarium.core.workspace.TagHolders;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import java.util.List;
import java.util.function.Function;

/// The routes of tag bindings, which are alike for all that has tags.
///
/// @param holders what has them
/// @param id of the one that a call means
record TagBindingRoutes<I>(TagHolders<I> holders, Function<Call, I> id) {
  /// @param holder the path of one that has tags
  void mount(Api api, String holder) {
    api.get(holder + "/tag-bindings", this::list);
    api.patch(holder + "/tag-bindings", this::add);
    api.get(holder + "/relationships/tag-bindings", this::list);
    api.post(holder + "/relationships/tag-bindings", this::addRelated);
    api.patch(holder + "/relationships/tag-bindings", this::replaceRelated);
  }

  private Reply list(Call call) {
    return shown(holders.list(call.get(Principal.class), id.apply(call)));
  }

  private Reply add(Call call) {
    return shown(
        holders.add(call.get(Principal.class), id.apply(call), WorkspaceRequests.tags(call)));
  }

  private Reply addRelated(Call call) {
    holders.add(call.get(Principal.class), id.apply(call), WorkspaceRequests.tags(call));
    return Reply.noContent();
  }

  private Reply replaceRelated(Call call) {
    holders.replace(call.get(Principal.class), id.apply(call), WorkspaceRequests.tags(call));
    return Reply.noContent();
  }

  private static Reply shown(List<Tag.Bound> bound) {
    return Reply.document(200, Document.of(bound.stream().map(TagBindingResource::of).toList()));
  }
}
