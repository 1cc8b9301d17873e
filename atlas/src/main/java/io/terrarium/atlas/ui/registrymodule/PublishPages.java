package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.atlas.api.registrymodule.RegistryModulesApi;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.oauthclient.ConnectionChoices;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.core.vcs.HostRepositories;
import io.terrarium.core.vcshost.Repository;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import java.util.Map;

/// A new module from a Git repository: first its connection, then its repository, and what of that
/// makes versions.
public final class PublishPages {
  private static final String TOKEN = "vcs-repo.oauth-token-id";
  private static final String BRANCH = "vcs-repo.branch";
  private static final String TAG_PREFIX = "vcs-repo.tag-prefix";
  private static final String MAKER = "publishing-mechanism";

  private final Pages pages;
  private final RegistryModules modules;
  private final Organizations organizations;
  private final ConnectionChoices connections;
  private final HostRepositories repositories;

  public PublishPages(
      Pages pages,
      RegistryModules modules,
      Organizations organizations,
      ConnectionChoices connections,
      HostRepositories repositories) {
    this.pages = pages;
    this.modules = modules;
    this.organizations = organizations;
    this.connections = connections;
    this.repositories = repositories;
  }

  public void mount(Api api) {
    api.get(ModuleRoutes.NEW, this::ask);
    api.post(ModuleRoutes.NEW, this::publish);
  }

  /// @param mayConnect whether the reader may make a connection
  /// @param connections that there are to choose from
  /// @param token of the connection that was chosen; "" until then
  /// @param repositories some that it reaches, to be offered
  public record View(
      String organization,
      boolean mayConnect,
      List<ConnectionChoices.Choice> connections,
      String token,
      Offered repositories,
      Form form,
      Problems problems) {
    public boolean isFromBranch() {
      return form.text(MAKER).equals(RegistryModule.Publishing.BRANCH.wire());
    }
  }

  /// @param trouble why there are none; "" where there is none
  public record Offered(List<String> names, String trouble) {
    static final Offered NOTHING = new Offered(List.of(), "");
  }

  private Reply ask(Call call) {
    OrganizationView organization = managed(call);
    List<ConnectionChoices.Choice> choices =
        connections.of(call.get(Principal.class), organization.organization().name());
    String usual = choices.size() == 1 ? choices.getFirst().token().value() : "";
    String token = call.query("connection").orElse(usual);
    Form form = Form.showing(Map.of(TOKEN, token, MAKER, RegistryModule.Publishing.GIT_TAG.wire()));
    return page(call, 200, organization, choices, form, Problems.NONE);
  }

  private Reply publish(Call call) {
    OrganizationView organization = managed(call);
    Principal caller = call.get(Principal.class);
    String name = organization.organization().name();
    Form form = call.get(Form.class);
    try {
      RegistryModule made =
          modules
              .publish(caller, name, RegistryModulesApi.publication(chosen(form).resource()))
              .module();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          ModuleRoutes.path(made),
          "The module " + made.name() + " is published. Its versions come as they are read.");
    } catch (Fault.Invalid invalid) {
      List<ConnectionChoices.Choice> choices = connections.of(caller, name);
      return page(call, 422, organization, choices, form, Problems.of(invalid));
    }
  }

  /// Without what is of the other way to make versions.
  private static Form chosen(Form form) {
    if (!form.text(MAKER).equals(RegistryModule.Publishing.BRANCH.wire())) {
      return form.without(BRANCH).without("initial-version");
    }
    if (form.text(BRANCH).isEmpty()) {
      throw new Fault.Invalid("branch", "Branch can't be blank");
    }
    return form.without(TAG_PREFIX);
  }

  private OrganizationView managed(Call call) {
    OrganizationView found =
        organizations.find(call.get(Principal.class), call.path("organization_name"));
    found.access().require(OrganizationRight.MANAGE_MODULES);
    return found;
  }

  private Reply page(
      Call call,
      int status,
      OrganizationView organization,
      List<ConnectionChoices.Choice> choices,
      Form form,
      Problems problems) {
    String name = organization.organization().name();
    String token =
        choices.stream()
            .map(choice -> choice.token().value())
            .filter(form.text(TOKEN)::equals)
            .findFirst()
            .orElse("");
    View view =
        new View(
            name,
            organization.access().allows(OrganizationRight.MANAGE_VCS_SETTINGS),
            choices,
            token,
            offered(call.get(Principal.class), token),
            form,
            problems);
    return pages.page(
        call, status, "Publish a module", ModuleRoutes.among(name), "registrymodule/publish", view);
  }

  /// Where the host tells none, people know the name.
  private Offered offered(Principal caller, String token) {
    if (token.isEmpty()) {
      return Offered.NOTHING;
    }
    try {
      return new Offered(
          repositories.list(caller, new OauthTokenId(token), "", 1).repositories().stream()
              .map(Repository::identifier)
              .toList(),
          "");
    } catch (Fault.Invalid | Fault.Unavailable trouble) {
      return new Offered(List.of(), trouble.problems().getFirst().detail());
    }
  }
}
