package io.terrarium.atlas.api.variableset;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variableset.VariableSetLinks;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import java.util.function.Function;

/// Applies variable sets to workspaces and projects, and takes them away again.
public final class VariableSetLinksApi {
  private static final String RELATIONSHIPS = "/api/v2/varsets/:varset_id/relationships/";

  private final VariableSetLinks links;

  public VariableSetLinksApi(VariableSetLinks links) {
    this.links = links;
  }

  public void mount(Api api) {
    String workspaces = RELATIONSHIPS + "workspaces";
    api.post(workspaces, changing("workspaces", WorkspaceId::new, links::addWorkspaces));
    api.delete(workspaces, changing("workspaces", WorkspaceId::new, links::removeWorkspaces));
    String projects = RELATIONSHIPS + "projects";
    api.post(projects, changing("projects", ProjectId::new, links::addProjects));
    api.delete(projects, changing("projects", ProjectId::new, links::removeProjects));
  }

  @FunctionalInterface
  private interface Change<T> {
    void of(Principal caller, VariableSetId set, List<T> named);
  }

  private static <T> Endpoint changing(String type, Function<String, T> id, Change<T> change) {
    return call -> {
      List<T> named = Identifiers.of(call, type).stream().map(id).toList();
      change.of(call.get(Principal.class), call.path("varset_id", VariableSetId::new), named);
      return Reply.noContent();
    };
  }
}
