package io.terrarium.atlas.api.variableset;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.variableset.VariableSetScope;
import io.terrarium.core.variableset.VariableSets;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;

/// Variable sets: create, read, update, delete, and the lists of an organization, a project and a
/// workspace.
public final class VariableSetsApi {
  private static final String OF_ORGANIZATION = "/api/v2/organizations/:organization_name/varsets";
  private static final String WORKSPACE = "/api/v2/workspaces/:workspace_id";
  private static final String ONE = "/api/v2/varsets/:varset_id";

  private final VariableSets sets;
  private final Includes<VariableSet.Visible> includes;

  /// @param includes what `include` may ask for beside a set
  public VariableSetsApi(VariableSets sets, Includes<VariableSet.Visible> includes) {
    this.sets = sets;
    this.includes = includes;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::listOfOrganization);
    api.post(OF_ORGANIZATION, this::create);
    api.get("/api/v2/projects/:project_id/varsets", this::listOfProject);
    api.get(
        WORKSPACE + "/varsets",
        call -> listOfWorkspace(call, VariableSetScope.APPLIED_TO_WORKSPACE));
    api.get(
        WORKSPACE + "/applicable-varsets",
        call -> listOfWorkspace(call, VariableSetScope.APPLICABLE_TO_WORKSPACE));
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    // The documents have both, with the same meaning.
    api.post(ONE, this::update);
    api.put(ONE, this::update);
    api.delete(
        ONE,
        call -> {
          sets.delete(call.get(Principal.class), id(call));
          return Reply.noContent();
        });
  }

  private Reply listOfOrganization(Call call) {
    List<String> wanted = includes.wanted(call);
    return listed(
        call,
        sets.list(
            call.get(Principal.class),
            call.path("organization_name"),
            VariableSetRequests.ofOrganization(call),
            VariableSetRequests.filter(call),
            Page.of(call)),
        wanted);
  }

  private Reply listOfProject(Call call) {
    List<String> wanted = includes.wanted(call);
    return listed(
        call,
        sets.list(
            call.get(Principal.class),
            call.path("project_id", ProjectId::new),
            VariableSetRequests.ofProject(call),
            VariableSetRequests.filter(call),
            Page.of(call)),
        wanted);
  }

  private Reply listOfWorkspace(Call call, VariableSetScope scope) {
    List<String> wanted = includes.wanted(call);
    return listed(
        call,
        sets.list(
            call.get(Principal.class),
            call.path("workspace_id", WorkspaceId::new),
            scope,
            VariableSetRequests.filter(call),
            Page.of(call)),
        wanted);
  }

  /// The documents answer 200, not 201.
  private Reply create(Call call) {
    List<String> wanted = includes.wanted(call);
    Incoming body = VariableSetRequests.body(call);
    String organization = call.path("organization_name");
    return one(
        call,
        sets.create(
            call.get(Principal.class),
            organization,
            VariableSetRequests.parent(body, organization),
            VariableSetRequests.changes(body)),
        wanted);
  }

  private Reply show(Call call) {
    List<String> wanted = includes.wanted(call);
    return one(call, sets.find(call.get(Principal.class), id(call)), wanted);
  }

  private Reply update(Call call) {
    List<String> wanted = includes.wanted(call);
    return one(
        call,
        sets.update(
            call.get(Principal.class),
            id(call),
            VariableSetRequests.changes(VariableSetRequests.body(call))),
        wanted);
  }

  private Reply one(Call call, VariableSet.Visible found, List<String> wanted) {
    return Reply.document(
        200,
        Document.of(
            VariableSetResource.of(found),
            includes.of(call.get(Principal.class), List.of(found), wanted)));
  }

  private Reply listed(Call call, Paged<VariableSet.Visible> found, List<String> wanted) {
    return Reply.document(
        200,
        Listing.of(
            call,
            found.map(VariableSetResource::of),
            includes.of(call.get(Principal.class), found.items(), wanted)));
  }

  private static VariableSetId id(Call call) {
    return call.path("varset_id", VariableSetId::new);
  }
}
