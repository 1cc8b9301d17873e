package io.terrarium.atlas.api.registryprovider;

import io.terrarium.atlas.api.Includes;
import io.terrarium.core.registryprovider.RegistryProvider;
import io.terrarium.core.registryprovider.RegistryProviders;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.core.registryprovider.RegistryProviders.Visible;
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
import java.util.Set;

/// Providers of the private registry: create, read, list, delete.
public final class RegistryProvidersApi {
  static final String TYPE = "registry-providers";
  private static final String VERSIONS = "registry-provider-versions";

  private final RegistryProviders providers;
  private final Includes<Visible> includes;

  public RegistryProvidersApi(RegistryProviders providers, ProviderVersionsApi versions) {
    this.providers = providers;
    includes =
        new Includes<>(
            Set.of(VERSIONS), Map.of(VERSIONS, (_, found) -> versions.resourcesOf(found)));
  }

  public void mount(Api api) {
    api.get(ProviderRoutes.ALL, this::list);
    api.post(ProviderRoutes.ALL, this::create);
    api.get(ProviderRoutes.ONE, this::show);
    api.delete(ProviderRoutes.ONE, this::delete);
  }

  record Attributes(
      String name,
      String namespace,
      String registryName,
      Instant createdAt,
      Instant updatedAt,
      Permissions permissions) {}

  record Permissions(boolean canDelete) {}

  private Reply list(Call call) {
    String organization = call.path("organization_name");
    boolean isPublicOnly = call.query("filter[registry_name]").filter("public"::equals).isPresent();
    boolean isElsewhere =
        call.query("filter[organization_name]")
            .filter(name -> !name.isEmpty() && !name.equalsIgnoreCase(organization))
            .isPresent();
    if (isPublicOnly) {
      throw new Fault.BadRequest("This site has no providers of a public registry.");
    }
    if (isElsewhere) {
      throw new Fault.BadRequest("filter[organization_name] must be the organization of the path.");
    }
    List<String> wanted = includes.wanted(call);
    Paged<Visible> found =
        providers.list(
            ProviderRoutes.caller(call), organization, call.query("q").orElse(""), Page.of(call));
    return Reply.document(
        200,
        Listing.of(
            call,
            found.map(RegistryProvidersApi::resource),
            includes.of(ProviderRoutes.caller(call), found.items(), wanted)));
  }

  private Reply create(Call call) {
    String organization = call.path("organization_name");
    Incoming body = Incoming.of(call, TYPE);
    String name = body.text("name").over("", "");
    if (!body.text("namespace").over(organization, organization).equalsIgnoreCase(organization)) {
      body.problem("namespace", "must be the name of the organization");
    }
    if (!body.text("registry-name").over("private", "private").equals("private")) {
      body.problem("registry-name", "must be private: this site has no public registry");
    }
    body.check();
    Visible made = providers.create(ProviderRoutes.caller(call), new Address(organization, name));
    return Reply.document(201, Document.of(resource(made)));
  }

  private Reply show(Call call) {
    List<String> wanted = includes.wanted(call);
    Visible found = providers.find(ProviderRoutes.caller(call), ProviderRoutes.address(call));
    return Reply.document(
        200,
        Document.of(
            resource(found), includes.of(ProviderRoutes.caller(call), List.of(found), wanted)));
  }

  private Reply delete(Call call) {
    providers.delete(ProviderRoutes.caller(call), ProviderRoutes.address(call));
    return Reply.noContent();
  }

  private static Resource resource(Visible visible) {
    RegistryProvider provider = visible.provider();
    String self = ProviderRoutes.path(provider.organization(), provider.name());
    Relationship versions =
        Relationship.many(
            VERSIONS,
            provider.versions().stream().map(Object::toString).toList(),
            self + "/versions");
    // The documents call the relationship one thing, the Go client another.
    return new Resource(
        provider.id().value(),
        TYPE,
        new Attributes(
            provider.name(),
            provider.organization(),
            "private",
            provider.createdAt(),
            provider.updatedAt(),
            new Permissions(visible.isManaged())),
        Map.of(
            "organization",
            Relationship.one("organizations", provider.organization()),
            "versions",
            versions,
            VERSIONS,
            versions),
        Map.of("self", self));
  }
}
