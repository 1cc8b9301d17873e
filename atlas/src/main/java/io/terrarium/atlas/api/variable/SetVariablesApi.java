package io.terrarium.atlas.api.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
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
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.Optional;

/// The variables of sets, and what becomes of them in a workspace.
public final class SetVariablesApi {
  private static final String OF_SET = "/api/v2/varsets/:varset_id/relationships/vars";
  private static final String ONE = OF_SET + "/:id";
  private static final String IN_WORKSPACE =
      "/api/v2/workspaces/:workspace_id/varsets/:varset_id/relationships/vars";

  private final Variables variables;
  private final VariablesInForce inForce;

  public SetVariablesApi(Variables variables, VariablesInForce inForce) {
    this.variables = variables;
    this.inForce = inForce;
  }

  public void mount(Api api) {
    api.get(OF_SET, this::list);
    api.post(OF_SET, this::create);
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    api.delete(ONE, this::delete);
    api.get(IN_WORKSPACE, this::listInWorkspace);
    api.get(IN_WORKSPACE + "/:id", this::showInWorkspace);
  }

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            variables.list(caller(call), owner(call), Page.of(call)).map(VariableResource::of)));
  }

  private Reply create(Call call) {
    return one(201, variables.create(caller(call), owner(call), VariableRequests.changes(call)));
  }

  private Reply show(Call call) {
    return one(200, variables.find(caller(call), Optional.of(owner(call)), id(call)));
  }

  private Reply update(Call call) {
    return one(
        200,
        variables.update(
            caller(call), Optional.of(owner(call)), id(call), VariableRequests.changes(call)));
  }

  private Reply delete(Call call) {
    variables.delete(caller(call), Optional.of(owner(call)), id(call));
    return Reply.noContent();
  }

  private Reply listInWorkspace(Call call) {
    return Reply.document(
        200, Document.of(inWorkspace(call).stream().map(VariableResource::of).toList()));
  }

  private Reply showInWorkspace(Call call) {
    VariableId id = id(call);
    return inWorkspace(call).stream()
        .filter(found -> found.shown().variable().id().equals(id))
        .findFirst()
        .map(found -> Reply.document(200, Document.of(VariableResource.of(found))))
        .orElseThrow(Fault.NotFound::new);
  }

  private List<Variable.InContext> inWorkspace(Call call) {
    return inForce.listOfSet(caller(call), call.path("workspace_id", WorkspaceId::new), set(call));
  }

  private static Reply one(int status, Variable.Shown shown) {
    return Reply.document(status, Document.of(VariableResource.of(shown)));
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static VariableOwner owner(Call call) {
    return new VariableOwner.OfSet(set(call));
  }

  private static VariableSetId set(Call call) {
    return call.path("varset_id", VariableSetId::new);
  }

  private static VariableId id(Call call) {
    return call.path("id", VariableId::new);
  }
}
