package io.terrarium.atlas.api.registrymodule;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.core.access.Principal;
import io.terrarium.core.registrymodule.ModuleVersion;
import io.terrarium.core.registrymodule.ModuleVersions;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.core.run.RunObjects;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Versions of modules: create and read. One that waits for its upload has the address for it.
public final class ModuleVersionsApi {
  private static final String TYPE = "registry-module-versions";
  private static final String OF_MODULE =
      "/api/v2/organizations/:organization_name/registry-modules/:registry_name/:namespace/:module_name/:provider";

  private final ModuleVersions versions;
  private final RunObjects objects;
  private final PublicAddress address;

  public ModuleVersionsApi(ModuleVersions versions, RunObjects objects, PublicAddress address) {
    this.versions = versions;
    this.objects = objects;
    this.address = address;
  }

  public void mount(Api api) {
    api.post(OF_MODULE + "/versions", this::create);
    api.get(OF_MODULE + "/version", this::show);
    api.post(
        "/api/v2/registry-modules/:organization_name/:module_name/:provider/versions",
        this::create);
  }

  record Attributes(
      String source,
      String status,
      String version,
      @Nullable String error,
      Instant createdAt,
      Instant updatedAt) {}

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, TYPE);
    String version = body.text("version").over("", "").strip();
    String commitSha = body.text("commit-sha").over("", "").strip();
    body.check();
    RegistryModules.Address module = RegistryModulesApi.address(call);
    return Reply.document(
        201,
        Document.of(
            resource(versions.create(call.get(Principal.class), module, version, commitSha))));
  }

  private Reply show(Call call) {
    RegistryModules.Address module = RegistryModulesApi.address(call);
    String version = call.query("module_version").orElse("");
    return Reply.document(
        200, Document.of(resource(versions.find(call.get(Principal.class), module, version))));
  }

  private Resource resource(ModuleVersions.Visible visible) {
    ModuleVersion version = visible.version();
    Map<String, String> links = new LinkedHashMap<>();
    if (visible.isUploadable()) {
      links.put("upload", address.of(objects.writeModule(version.id().value())));
    }
    return new Resource(
        version.id().value(),
        TYPE,
        new Attributes(
            version.source(),
            version.status().wire(),
            version.version(),
            version.error(),
            version.createdAt(),
            version.updatedAt()),
        Map.of(
            "registry-module",
            Relationship.one(RegistryModuleResource.TYPE, version.owner().moduleId().value())),
        links);
  }
}
