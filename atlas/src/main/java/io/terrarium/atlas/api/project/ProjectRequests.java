package io.terrarium.atlas.api.project;

import io.terrarium.atlas.api.workspace.TagBindingResource;
import io.terrarium.core.project.ProjectChanges;
import io.terrarium.kernel.jsonapi.Incoming;

/// Reads what clients send about projects, and what people fill in.
public final class ProjectRequests {
  private static final String MODE = "default-execution-mode";

  private ProjectRequests() {}

  public static ProjectChanges changes(Incoming body) {
    ProjectChanges changes =
        new ProjectChanges(
            body.text("name"),
            body.text("description"),
            body.text(MODE),
            body.tree("setting-overwrites")
                .map(overwrites -> overwrites.path(MODE))
                .filter(isOwn -> isOwn.asText().equals("false"))
                .isPresent(),
            body.relationships("tag-bindings").stream().map(TagBindingResource::read).toList());
    body.check();
    return changes;
  }
}
