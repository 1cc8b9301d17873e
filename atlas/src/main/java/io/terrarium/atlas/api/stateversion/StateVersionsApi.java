package io.terrarium.atlas.api.stateversion;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.stateversion.NewState;
import io.terrarium.core.stateversion.StateOutput;
import io.terrarium.core.stateversion.StateUploads;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.core.stateversion.VisibleState;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// State versions and their outputs.
public final class StateVersionsApi {
  private static final String WORKSPACE = "/api/v2/workspaces/:workspace_id";
  private static final String ONE = "/api/v2/state-versions/:id";

  /// Larger states have their own upload address.
  private static final long BODY_BYTES_MAX = 32L << 20;

  private final StateVersions versions;
  private final StateUploads uploads;
  private final StateVersionResource resources;
  private final Includes<StateVersion> includes;

  /// @param includes what `include` may ask for beside a state version
  public StateVersionsApi(
      StateVersions versions,
      StateUploads uploads,
      StateVersionResource resources,
      Includes<StateVersion> includes) {
    this.versions = versions;
    this.uploads = uploads;
    this.resources = resources;
    this.includes = includes;
  }

  public void mount(Api api) {
    api.bodyUpTo(BODY_BYTES_MAX).post(WORKSPACE + "/state-versions", this::create);
    api.patch(WORKSPACE + "/state-versions", this::rollBack);
    api.get(WORKSPACE + "/current-state-version", this::current);
    api.get(WORKSPACE + "/current-state-version-outputs", this::currentOutputs);
    api.get("/api/v2/state-versions", this::list);
    api.get(ONE, this::show);
    api.get(ONE + "/outputs", this::outputs);
    api.get("/api/v2/state-version-outputs/:id", this::output);
  }

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, "state-versions");
    if (body.number("serial").given().isEmpty()) {
      body.problem("serial", "can't be blank");
    }
    String md5 = body.text("md5").over("", "");
    if (!md5.matches("[0-9a-fA-F]{32}")) {
      body.problem("md5", "must be 32 hex digits");
    }
    bytes(body, "json-state-outputs");
    NewState asked =
        new NewState(
            body.number("serial").given().orElse(0L),
            md5,
            body.text("lineage").given().filter(text -> !text.isEmpty()),
            body.flag("force").over(false, false),
            bytes(body, "state"),
            bytes(body, "json-state"),
            body.relationship("run").map(RunId::new));
    body.check();
    return Reply.document(
        201,
        Document.of(
            resources.created(uploads.create(call.get(Principal.class), workspace(call), asked))));
  }

  private Reply rollBack(Call call) {
    StateVersionId to =
        Incoming.of(call, "state-versions")
            .relationship("rollback-state-version")
            .map(StateVersionId::new)
            .orElseThrow(() ->
                new Fault.Invalid(
                    List.of(
                        new Fault.Problem(
                            "The state version to roll back to must be given",
                            "/data/relationships/rollback-state-version"))));
    return Reply.document(
        201,
        Document.of(
            resources.created(uploads.rollBack(call.get(Principal.class), workspace(call), to))));
  }

  private Reply current(Call call) {
    return shown(call, versions.current(call.get(Principal.class), workspace(call)));
  }

  private Reply show(Call call) {
    return shown(call, versions.find(call.get(Principal.class), id(call)));
  }

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            versions
                .list(
                    call.get(Principal.class),
                    required(call, "filter[organization][name]"),
                    required(call, "filter[workspace][name]"),
                    call.queryList("filter[status]"),
                    Page.of(call))
                .map(resources::of)));
  }

  private Reply outputs(Call call) {
    return listed(versions.outputs(call.get(Principal.class), id(call)));
  }

  private Reply currentOutputs(Call call) {
    return listed(versions.currentOutputs(call.get(Principal.class), workspace(call)));
  }

  private Reply output(Call call) {
    StateVersionOutputId id = call.path("id", StateVersionOutputId::new);
    return Reply.document(
        200, Document.of(StateVersionResource.of(versions.output(call.get(Principal.class), id))));
  }

  private Reply shown(Call call, VisibleState found) {
    Principal caller = call.get(Principal.class);
    return Reply.document(
        200,
        Document.of(
            resources.of(found),
            includes.of(caller, List.of(found.version()), includes.wanted(call))));
  }

  private static Reply listed(List<StateOutput> outputs) {
    return Reply.document(
        200, Document.of(outputs.stream().map(StateVersionResource::of).toList()));
  }

  private static Optional<byte[]> bytes(Incoming body, String attribute) {
    Optional<String> text = body.text(attribute).given().filter(value -> !value.isEmpty());
    try {
      return text.map(value -> Base64.getMimeDecoder().decode(value));
    } catch (IllegalArgumentException notBase64) {
      body.problem(attribute, "must be base64");
      return Optional.empty();
    }
  }

  private static String required(Call call, String name) {
    return call.query(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Fault.BadRequest("The parameter " + name + " is needed."));
  }

  private static WorkspaceId workspace(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }

  private static StateVersionId id(Call call) {
    return call.path("id", StateVersionId::new);
  }
}
