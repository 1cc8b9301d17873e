package io.terrarium.atlas.api.registryprovider;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.core.registryprovider.ProviderVersion;
import io.terrarium.core.registryprovider.ProviderVersions;
import io.terrarium.core.registryprovider.ProviderVersions.Visible;
import io.terrarium.core.registryprovider.RegistryProviders;
import io.terrarium.core.run.RunObjects;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Versions of providers: create, read, list, delete. What is not there yet has an address for its
/// upload, what is there one for its download.
public final class ProviderVersionsApi {
  static final String TYPE = "registry-provider-versions";

  private final ProviderVersions versions;
  private final RunObjects objects;
  private final PublicAddress address;
  private final Runnable changed;

  /// @param changed wakes whoever tells the registry
  public ProviderVersionsApi(
      ProviderVersions versions, RunObjects objects, PublicAddress address, Runnable changed) {
    this.versions = versions;
    this.objects = objects;
    this.address = address;
    this.changed = changed;
  }

  public void mount(Api api) {
    api.get(ProviderRoutes.VERSIONS, this::list);
    api.post(ProviderRoutes.VERSIONS, this::create);
    api.get(ProviderRoutes.VERSION, this::show);
    api.delete(ProviderRoutes.VERSION, this::delete);
  }

  record Attributes(
      String version,
      Instant createdAt,
      Instant updatedAt,
      String keyId,
      List<String> protocols,
      Permissions permissions,
      boolean shasumsUploaded,
      boolean shasumsSigUploaded) {}

  record Permissions(boolean canDelete, boolean canUploadAsset) {}

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            versions
                .list(ProviderRoutes.caller(call), ProviderRoutes.address(call), Page.of(call))
                .map(this::resource)));
  }

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, TYPE);
    ProviderVersions.New wanted =
        new ProviderVersions.New(
            body.text("version").over("", "").strip(),
            body.text("key-id").over("", "").strip(),
            body.texts("protocols").over(List.of(), List.of()));
    body.check();
    Visible made =
        versions.create(ProviderRoutes.caller(call), ProviderRoutes.address(call), wanted);
    changed.run();
    return Reply.document(201, Document.of(resource(made)));
  }

  private Reply show(Call call) {
    return Reply.document(200, Document.of(resource(find(call))));
  }

  /// The version of a path.
  Visible find(Call call) {
    return versions.find(
        ProviderRoutes.caller(call), ProviderRoutes.address(call), call.path("version"));
  }

  private Reply delete(Call call) {
    versions.delete(
        ProviderRoutes.caller(call), ProviderRoutes.address(call), call.path("version"));
    return Reply.noContent();
  }

  /// Those of providers that the caller sees.
  List<Resource> resourcesOf(List<RegistryProviders.Visible> providers) {
    return versions.of(providers).stream().map(this::resource).toList();
  }

  private Resource resource(Visible visible) {
    ProviderVersion version = visible.version();
    String self =
        ProviderRoutes.path(version.owner().organization(), version.owner().name())
            + "/versions/"
            + version.version();
    return new Resource(
        version.id().value(),
        TYPE,
        new Attributes(
            version.version(),
            version.createdAt(),
            version.updatedAt(),
            version.signingKey().keyId(),
            version.protocols(),
            new Permissions(visible.isManaged(), visible.isManaged()),
            version.shasums().isStored(),
            version.signature().isStored()),
        Map.of(
            "registry-provider",
            Relationship.one(RegistryProvidersApi.TYPE, version.owner().id().value()),
            "platforms",
            Relationship.many(
                ProviderPlatformsApi.TYPE,
                version.platforms().stream().map(platform -> platform.id().value()).toList(),
                self + "/platforms")),
        links(visible, self));
  }

  private Map<String, String> links(Visible visible, String self) {
    ProviderVersion version = visible.version();
    String id = version.id().value();
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", self);
    String shasums = version.shasums().objectId();
    if (shasums != null) {
      links.put("shasums-download", address.of(objects.read(shasums)));
    } else if (visible.isManaged()) {
      links.put("shasums-upload", address.of(objects.writeProviderShasums(id)));
    }
    String signature = version.signature().objectId();
    if (signature != null) {
      links.put("shasums-sig-download", address.of(objects.read(signature)));
    } else if (visible.isManaged()) {
      links.put("shasums-sig-upload", address.of(objects.writeProviderSignature(id)));
    }
    return links;
  }
}
