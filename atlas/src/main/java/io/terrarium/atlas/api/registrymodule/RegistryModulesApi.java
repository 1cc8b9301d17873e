package io.terrarium.atlas.api.registrymodule;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.RegistryModuleId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.registrymodule.ModuleDeletions;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;

/// Modules of the private registry: publish from a repository, create for uploads, read, list,
/// update, delete. Some paths are those of older clients.
public final class RegistryModulesApi {
  private static final String OF_ORGANIZATION =
      "/api/v2/organizations/:organization_name/registry-modules";
  private static final String NAMED = OF_ORGANIZATION + "/:registry_name/:namespace/:module_name";
  private static final String ONE = NAMED + "/:provider";
  private static final String OLDER_DELETE =
      "/api/v2/registry-modules/actions/delete/:organization_name/:module_name";
  private static final String GITHUB_APP = "github-app-installation-id";

  private final RegistryModules modules;
  private final ModuleDeletions deletions;
  private final PublicAddress address;

  public RegistryModulesApi(
      RegistryModules modules, ModuleDeletions deletions, PublicAddress address) {
    this.modules = modules;
    this.deletions = deletions;
    this.address = address;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::create);
    api.post(OF_ORGANIZATION + "/vcs", call -> publish(call, organization(call)));
    api.get(OF_ORGANIZATION + "/validation", this::validate);
    api.get(ONE, call -> one(200, modules.find(caller(call), address(call))));
    api.patch(ONE, this::update);
    api.delete(NAMED, this::delete);
    api.delete(ONE, this::delete);
    api.delete(ONE + "/:version", this::delete);
    api.post("/api/v2/registry-modules", this::publishByToken);
    api.get(
        "/api/v2/registry-modules/:module_id",
        call ->
            one(200, modules.find(caller(call), call.path("module_id", RegistryModuleId::new))));
    api.get(
        "/api/v2/registry-modules/show/:organization_name/:module_name/:provider",
        call -> one(200, modules.find(caller(call), address(call))));
    api.post(OLDER_DELETE, this::delete);
    api.post(OLDER_DELETE + "/:provider", this::delete);
    api.post(OLDER_DELETE + "/:provider/:version", this::delete);
  }

  private Reply list(Call call) {
    boolean isPublicOnly = call.query("filter[registry_name]").filter("public"::equals).isPresent();
    RegistryModules.Filter filter =
        new RegistryModules.Filter(
            call.query("q").orElse(""), call.query("filter[provider]").orElse(""));
    Page page = Page.of(call);
    Paged<RegistryModules.Visible> found =
        modules.list(caller(call), organization(call), filter, page);
    // There is no public registry here.
    Paged<RegistryModules.Visible> shown = isPublicOnly ? new Paged<>(List.of(), page, 0) : found;
    return Reply.document(
        200, Listing.of(call, shown.map(one -> RegistryModuleResource.of(one, address))));
  }

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, RegistryModuleResource.TYPE);
    String name = body.text("name").over("", "");
    String provider = body.text("provider").over("", "");
    String registry = body.text("registry-name").over("private", "private");
    if (!registry.equals("private")) {
      body.problem("registry-name", "must be private: this site has no public registry");
    }
    if (body.flag("no-code").over(false, false)) {
      body.problem("no-code", "is not available on this site");
    }
    body.check();
    return one(201, modules.create(caller(call), organization(call), name, provider));
  }

  private Reply publish(Call call, String organization) {
    return one(201, modules.publish(caller(call), organization, publication(document(call))));
  }

  /// Older clients name no organization: it is that of the connection.
  private Reply publishByToken(Call call) {
    return one(201, modules.publish(caller(call), publication(document(call))));
  }

  private static Incoming document(Call call) {
    return Incoming.of(call, RegistryModuleResource.TYPE);
  }

  /// What a request says of the repository that is to be a module.
  public static RegistryModules.Publication publication(Incoming body) {
    Incoming repository = repository(body);
    OriginFields origin = OriginFields.of(repository);
    RegistryModules.Publication publication =
        new RegistryModules.Publication(
            repository.text("identifier").over("", "").strip(),
            repository.text("oauth-token-id").over("", "").strip(),
            repository.text("display-identifier").given().orElse(null),
            body.text("name").over("", "").strip(),
            body.text("provider").over("", "").strip(),
            origin.over(new RegistryModule.Origin(null, "", "")),
            body.text("initial-version").given().filter(text -> !text.isBlank()));
    body.check();
    return publication;
  }

  private static Incoming repository(Incoming body) {
    Incoming repository = body.nested("vcs-repo");
    if (repository.tree(GITHUB_APP).filter(value -> !value.asText().isEmpty()).isPresent()) {
      repository.problem(GITHUB_APP, "is not available on this site");
    }
    return repository;
  }

  private Reply update(Call call) {
    Incoming body = Incoming.of(call, RegistryModuleResource.TYPE);
    if (body.flag("no-code").over(false, false)) {
      body.problem("no-code", "is not available on this site");
    }
    Incoming repository = repository(body);
    OriginFields origin = OriginFields.of(repository);
    body.check();
    return one(
        200,
        origin.isEmpty()
            ? modules.find(caller(call), address(call))
            : modules.setOrigin(caller(call), address(call), origin::over));
  }

  private Reply delete(Call call) {
    deletions.delete(
        caller(call),
        new ModuleDeletions.Deletion(
            requirePrivate(call),
            call.path("module_name"),
            call.findPath("provider"),
            call.findPath("version")));
    return Reply.noContent();
  }

  record Validation(String moduleName, String providerName, boolean valid) {}

  private Reply validate(Call call) {
    String name = call.query("name").orElse("");
    String provider = call.query("provider").orElse("");
    boolean isFree = modules.isFree(caller(call), organization(call), name, provider);
    return Reply.document(
        200,
        Document.of(
            new io.terrarium.kernel.jsonapi.Resource(
                organization(call) + "/" + name + "/" + provider,
                "registry-module-address-validations",
                new Validation(name, provider, isFree),
                Map.of(),
                Map.of())));
  }

  private Reply one(int status, RegistryModules.Visible visible) {
    return Reply.document(status, Document.of(RegistryModuleResource.of(visible, address)));
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static String organization(Call call) {
    return call.path("organization_name");
  }

  static RegistryModules.Address address(Call call) {
    return new RegistryModules.Address(
        requirePrivate(call), call.path("module_name"), call.path("provider"));
  }

  /// The organization, whose name the namespace of its private modules is.
  private static String requirePrivate(Call call) {
    String organization = organization(call);
    boolean isPrivate =
        call.findPath("registry_name").filter(name -> !name.equals("private")).isEmpty();
    boolean isOwn =
        call.findPath("namespace").filter(name -> !name.equalsIgnoreCase(organization)).isEmpty();
    if (!isPrivate || !isOwn) {
      throw new Fault.NotFound();
    }
    return organization;
  }
}
