package io.terrarium.atlas.api.registryprovider;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.core.registryprovider.ProviderPlatform;
import io.terrarium.core.registryprovider.ProviderPlatforms;
import io.terrarium.core.registryprovider.ProviderPlatforms.Target;
import io.terrarium.core.registryprovider.ProviderPlatforms.Visible;
import io.terrarium.core.registryprovider.ProviderVersion;
import io.terrarium.core.run.RunObjects;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The platforms of versions of providers: create, read, list, delete. One without its package has
/// an address for the upload.
public final class ProviderPlatformsApi {
  static final String TYPE = "registry-provider-platforms";

  private final ProviderPlatforms platforms;
  private final ProviderVersionsApi versions;
  private final RunObjects objects;
  private final PublicAddress address;
  private final Runnable changed;

  /// @param changed wakes whoever tells the registry
  public ProviderPlatformsApi(
      ProviderPlatforms platforms,
      ProviderVersionsApi versions,
      RunObjects objects,
      PublicAddress address,
      Runnable changed) {
    this.platforms = platforms;
    this.versions = versions;
    this.objects = objects;
    this.address = address;
    this.changed = changed;
  }

  public void mount(Api api) {
    api.get(ProviderRoutes.PLATFORMS, this::list);
    api.post(ProviderRoutes.PLATFORMS, this::create);
    api.get(ProviderRoutes.PLATFORM, this::show);
    api.delete(ProviderRoutes.PLATFORM, this::delete);
  }

  record Attributes(
      String os,
      String arch,
      String filename,
      String shasum,
      Permissions permissions,
      boolean providerBinaryUploaded) {}

  record Permissions(boolean canDelete, boolean canUploadAsset) {}

  private Reply list(Call call) {
    Page page = Page.of(call);
    List<Visible> all = ProviderPlatforms.of(versions.find(call));
    List<Visible> items = all.stream().skip(page.offset()).limit(page.size()).toList();
    return Reply.document(
        200, Listing.of(call, new Paged<>(items, page, all.size()).map(this::resource)));
  }

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, TYPE);
    ProviderPlatforms.New wanted =
        new ProviderPlatforms.New(
            body.text("os").over("", "").strip(),
            body.text("arch").over("", "").strip(),
            body.text("filename").over("", "").strip(),
            body.text("shasum").over("", "").strip());
    body.check();
    Visible made =
        platforms.create(
            ProviderRoutes.caller(call),
            ProviderRoutes.address(call),
            call.path("version"),
            wanted);
    changed.run();
    return Reply.document(201, Document.of(resource(made)));
  }

  private Reply show(Call call) {
    return Reply.document(
        200, Document.of(resource(ProviderPlatforms.of(versions.find(call), target(call)))));
  }

  private Reply delete(Call call) {
    platforms.delete(
        ProviderRoutes.caller(call),
        ProviderRoutes.address(call),
        call.path("version"),
        target(call));
    changed.run();
    return Reply.noContent();
  }

  private static Target target(Call call) {
    return new Target(call.path("os"), call.path("arch"));
  }

  private Resource resource(Visible visible) {
    ProviderPlatform platform = visible.platform();
    ProviderVersion version = visible.version();
    Map<String, String> links = new LinkedHashMap<>();
    links.put(
        "self",
        "%s/versions/%s/platforms/%s/%s"
            .formatted(
                ProviderRoutes.path(version.owner().organization(), version.owner().name()),
                version.version(),
                platform.os(),
                platform.arch()));
    String stored = platform.objectId();
    if (stored != null) {
      links.put("provider-binary-download", address.of(objects.read(stored)));
    } else if (visible.isManaged()) {
      links.put(
          "provider-binary-upload",
          address.of(objects.writeProviderPackage(platform.id().value())));
    }
    return new Resource(
        platform.id().value(),
        TYPE,
        new Attributes(
            platform.os(),
            platform.arch(),
            platform.filename(),
            platform.shasum(),
            new Permissions(visible.isManaged(), visible.isManaged()),
            stored != null),
        Map.of(
            "registry-provider-version",
            Relationship.one(ProviderVersionsApi.TYPE, version.id().value())),
        links);
  }
}
