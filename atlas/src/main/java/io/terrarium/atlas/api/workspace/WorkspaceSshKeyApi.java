package io.terrarium.atlas.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.sshkey.SshKeys;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which SSH key a workspace uses.
public final class WorkspaceSshKeyApi {
  private static final String TYPE = "ssh-keys";
  private static final String WORKSPACES = "workspaces";

  private final SshKeys keys;
  private final Workspaces workspaces;
  private final PublicAddress address;

  public WorkspaceSshKeyApi(SshKeys keys, Workspaces workspaces, PublicAddress address) {
    this.keys = keys;
    this.workspaces = workspaces;
    this.address = address;
  }

  public void mount(Api api) {
    api.patch("/api/v2/workspaces/:workspace_id/relationships/ssh-key", this::assign);
  }

  private Reply assign(Call call) {
    Principal caller = call.get(Principal.class);
    WorkspaceId workspace = call.path("workspace_id", WorkspaceId::new);
    keys.assign(caller, workspace, named(call));
    return Reply.document(
        200,
        Document.of(
            WorkspaceResource.of(
                workspaces.find(caller, new Workspaces.Address.ById(workspace)), address)));
  }

  /// Clients take a key away by `"data": null`, by an id that is null, or by one that is missing.
  /// Some, as the documents do, send the key itself, and others, as the Go SDK does, a workspace
  /// with the key's id among its attributes.
  private static Optional<SshKeyId> named(Call call) {
    JsonNode data =
        call.tree()
            .map(tree -> tree.path("data"))
            .filter(sent -> sent.isObject() || sent.isNull())
            .orElseThrow(
                () -> new Fault.BadRequest("The body must be a document whose `data` is one key."));
    String type = data.path("type").asText("");
    if (!Set.of("", TYPE, WORKSPACES).contains(type)) {
      throw new Fault.Invalid(List.of(new Fault.Problem("Type must be " + TYPE, "/data/type")));
    }
    String pointer = type.equals(WORKSPACES) ? "/attributes/id" : "/id";
    JsonNode id = data.at(pointer);
    if (!id.isTextual() && !id.isNull() && !id.isMissingNode()) {
      throw new Fault.Invalid(
          List.of(new Fault.Problem("Id must be that of an SSH key", "/data" + pointer)));
    }
    return id.isTextual() ? Optional.of(new SshKeyId(id.asText())) : Optional.empty();
  }
}
