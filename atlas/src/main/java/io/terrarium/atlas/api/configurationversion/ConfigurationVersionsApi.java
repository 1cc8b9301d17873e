package io.terrarium.atlas.api.configurationversion;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.Includes.Renderer;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.vcs.IngressAttributesApi;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.access.Principal;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.Runs;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Configuration versions: give out an upload address, show, list, download.
public final class ConfigurationVersionsApi {
  private static final String INGRESS = "ingress_attributes";

  private final ConfigurationVersions configurations;
  private final Runs runs;
  private final RunObjects objects;
  private final PublicAddress address;
  private final Includes<ConfigurationVersionId> includes;

  public ConfigurationVersionsApi(
      ConfigurationVersions configurations,
      Runs runs,
      RunObjects objects,
      PublicAddress address,
      IngressAttributesApi ingress) {
    this.configurations = configurations;
    this.runs = runs;
    this.objects = objects;
    this.address = address;
    this.includes =
        new Includes<>(
            Set.of(INGRESS), Map.of(INGRESS, Renderer.toAll(List::of, ingress::resources)));
  }

  public void mount(Api api) {
    api.post("/api/v2/workspaces/:workspace_id/configuration-versions", this::create);
    api.get("/api/v2/workspaces/:workspace_id/configuration-versions", this::list);
    api.get("/api/v2/configuration-versions/:id", this::show);
    api.get("/api/v2/configuration-versions/:id/download", call -> download(id(call), call));
    api.get("/api/v2/runs/:run_id/configuration-version", this::showOfRun);
    api.get(
        "/api/v2/runs/:run_id/configuration-version/download",
        call -> download(idOfRun(call), call));
  }

  record Attributes(
      boolean autoQueueRuns,
      @Nullable String error,
      @Nullable String errorMessage,
      boolean provisional,
      String source,
      boolean speculative,
      String status,
      StatusTimestamps statusTimestamps,
      Instant createdAt,
      @Nullable String uploadUrl) {}

  private Reply create(Call call) {
    Incoming body = Incoming.ofOptional(call, "configuration-versions");
    ConfigurationVersions.New asked =
        new ConfigurationVersions.New(
            "tfe-api",
            body.flag("speculative").over(false),
            body.flag("provisional").over(false),
            body.flag("auto-queue-runs").over(true));
    body.check();
    WorkspaceId workspace = call.path("workspace_id", WorkspaceId::new);
    return Reply.document(
        201,
        Document.of(
            uploadable(configurations.create(call.get(Principal.class), workspace, asked))));
  }

  private Reply list(Call call) {
    List<String> wanted = includes.wanted(call);
    Principal caller = call.get(Principal.class);
    Paged<ConfigurationVersion> found =
        configurations.list(caller, call.path("workspace_id", WorkspaceId::new), Page.of(call));
    return Reply.document(
        200,
        Listing.of(
            call,
            found.map(this::resource),
            includes.of(
                caller, found.items().stream().map(ConfigurationVersion::id).toList(), wanted)));
  }

  private Reply show(Call call) {
    return show(call, id(call));
  }

  private Reply showOfRun(Call call) {
    return show(call, idOfRun(call));
  }

  private Reply show(Call call, ConfigurationVersionId id) {
    List<String> wanted = includes.wanted(call);
    Principal caller = call.get(Principal.class);
    Resource found = resource(caller, id);
    return Reply.document(200, Document.of(found, includes.of(caller, List.of(id), wanted)));
  }

  private Reply download(ConfigurationVersionId id, Call call) {
    ConfigurationVersion found = configurations.find(call.get(Principal.class), id).configuration();
    String slug = found.objectId();
    if (found.status() != ConfigurationVersion.Status.UPLOADED || slug == null) {
      throw new Fault.NotFound();
    }
    return Reply.redirect(302, address.of(objects.read(slug)));
  }

  /// For `include=configuration_version` of other resources.
  public List<Resource> resources(Principal caller, List<ConfigurationVersionId> ids) {
    return configurations.findAll(caller, ids).stream().map(this::resource).toList();
  }

  private Resource resource(Principal caller, ConfigurationVersionId id) {
    return resource(configurations.find(caller, id));
  }

  private Resource resource(ConfigurationVersions.Visible found) {
    return found.isUploadable()
        ? uploadable(found.configuration())
        : resource(found.configuration());
  }

  private static ConfigurationVersionId id(Call call) {
    return call.path("id", ConfigurationVersionId::new);
  }

  private ConfigurationVersionId idOfRun(Call call) {
    RunId run = call.path("run_id", RunId::new);
    return runs.find(call.get(Principal.class), run).run().configurationVersionId();
  }

  /// With an upload address, which lists do not have.
  private Resource uploadable(ConfigurationVersion pending) {
    return resource(pending, address.of(objects.writeConfiguration(pending.id().value())));
  }

  private Resource resource(ConfigurationVersion found) {
    return resource(found, null);
  }

  private static Resource resource(ConfigurationVersion found, @Nullable String uploadUrl) {
    String id = found.id().value();
    return new Resource(
        id,
        "configuration-versions",
        new Attributes(
            found.autoQueueRuns(),
            found.error(),
            found.errorMessage(),
            found.provisional(),
            found.source(),
            found.speculative(),
            found.status().wire(),
            found.timestamps(),
            found.createdAt(),
            uploadUrl),
        Map.of(
            "ingress-attributes",
            Relationship.optional(
                "ingress-attributes",
                Optional.ofNullable(found.origin()).map(origin -> origin.id().value()))),
        Map.of(
            "self",
            "/api/v2/configuration-versions/" + id,
            "download",
            "/api/v2/configuration-versions/" + id + "/download"));
  }
}
