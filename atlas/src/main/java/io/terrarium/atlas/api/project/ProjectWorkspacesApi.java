package io.terrarium.atlas.api.project;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;

/// Puts workspaces of other projects into this one.
public final class ProjectWorkspacesApi {
  private final Workspaces workspaces;

  public ProjectWorkspacesApi(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  public void mount(Api api) {
    api.post("/api/v2/projects/:project_id/relationships/workspaces", this::move);
  }

  private Reply move(Call call) {
    List<WorkspaceId> ids =
        Identifiers.of(call, "workspaces").stream().map(WorkspaceId::new).toList();
    workspaces.move(call.get(Principal.class), call.path("project_id", ProjectId::new), ids);
    return Reply.noContent();
  }
}
