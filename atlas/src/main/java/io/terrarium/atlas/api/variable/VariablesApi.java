package io.terrarium.atlas.api.variable;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.Identifiers;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variable.Variable;
import io.terrarium.core.variable.VariableOwner;
import io.terrarium.core.variable.Variables;
import io.terrarium.core.variable.VariablesInForce;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Variables of workspaces, by today's routes and by the older `/vars`. Values of sensitive ones
/// are written only.
public final class VariablesApi {
  private static final String OF_WORKSPACE = "/api/v2/workspaces/:workspace_id/vars";
  private static final String ONE = OF_WORKSPACE + "/:id";
  private static final String OLD = "/api/v2/vars";

  private final Variables variables;
  private final VariablesInForce inForce;

  public VariablesApi(Variables variables, VariablesInForce inForce) {
    this.variables = variables;
    this.inForce = inForce;
  }

  public void mount(Api api) {
    api.get(OF_WORKSPACE, this::list);
    api.get("/api/v2/workspaces/:workspace_id/all-vars", this::listInForce);
    api.post(OF_WORKSPACE, call -> create(call, workspace(call)));
    api.patch("/api/v2/workspaces/:workspace_id/relationships/vars", this::updateAll);
    mountOne(api, ONE, true);
    api.get(OLD, this::listNamed);
    api.post(OLD, this::createNamed);
    mountOne(api, OLD + "/:id", false);
  }

  private void mountOne(Api api, String path, boolean isInWorkspace) {
    api.get(path, call -> show(call, owner(call, isInWorkspace)));
    api.patch(path, call -> update(call, owner(call, isInWorkspace)));
    api.delete(path, call -> delete(call, owner(call, isInWorkspace)));
  }

  private Reply list(Call call) {
    return listed(
        variables.list(call.get(Principal.class), new VariableOwner.OfWorkspace(workspace(call))));
  }

  private Reply listInForce(Call call) {
    return listed(inForce.list(call.get(Principal.class), workspace(call)));
  }

  private Reply listNamed(Call call) {
    String organization = required(call, "filter[organization][name]");
    String workspace = required(call, "filter[workspace][name]");
    return listed(variables.listNamed(call.get(Principal.class), organization, workspace));
  }

  private Reply createNamed(Call call) {
    WorkspaceId workspace =
        Incoming.of(call, "vars")
            .relationship("workspace")
            .map(WorkspaceId::new)
            .orElseThrow(() ->
                new Fault.Invalid(
                    List.of(
                        new Fault.Problem(
                            "A variable needs a workspace", "/data/relationships/workspace"))));
    return create(call, workspace);
  }

  private Reply create(Call call, WorkspaceId workspace) {
    return Reply.document(
        201,
        Document.of(
            VariableResource.of(
                variables.create(
                    call.get(Principal.class),
                    new VariableOwner.OfWorkspace(workspace),
                    VariableRequests.changes(call)))));
  }

  private Reply show(Call call, Optional<VariableOwner> owner) {
    return Reply.document(
        200,
        Document.of(
            VariableResource.of(variables.find(call.get(Principal.class), owner, id(call)))));
  }

  private Reply update(Call call, Optional<VariableOwner> owner) {
    return Reply.document(
        200,
        Document.of(
            VariableResource.of(
                variables.update(
                    call.get(Principal.class), owner, id(call), VariableRequests.changes(call)))));
  }

  private Reply updateAll(Call call) {
    List<JsonNode> elements = Identifiers.elements(call);
    List<String> ids = Identifiers.of(elements, VariableResource.TYPE, "/data");
    List<Variables.Edit> edits = new ArrayList<>();
    for (int at = 0; at < ids.size(); at++) {
      edits.add(
          new Variables.Edit(
              new VariableId(ids.get(at)),
              VariableRequests.changes(elements.get(at), "/data/" + at)));
    }
    variables.updateAll(call.get(Principal.class), workspace(call), edits);
    return Reply.noContent();
  }

  private Reply delete(Call call, Optional<VariableOwner> owner) {
    variables.delete(call.get(Principal.class), owner, id(call));
    return Reply.noContent();
  }

  private static Reply listed(List<Variable.Shown> found) {
    return Reply.document(200, Document.of(found.stream().map(VariableResource::of).toList()));
  }

  private static String required(Call call, String name) {
    return call.query(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Fault.BadRequest("The parameter " + name + " is needed."));
  }

  private static Optional<VariableOwner> owner(Call call, boolean isInWorkspace) {
    return isInWorkspace
        ? Optional.of(new VariableOwner.OfWorkspace(workspace(call)))
        : Optional.empty();
  }

  private static WorkspaceId workspace(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }

  private static VariableId id(Call call) {
    return call.path("id", VariableId::new);
  }
}
