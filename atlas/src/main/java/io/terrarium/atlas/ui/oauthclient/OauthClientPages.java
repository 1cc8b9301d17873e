package io.terrarium.atlas.ui.oauthclient;

import io.terrarium.atlas.api.oauthclient.OauthClientsApi;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthLogins;
import io.terrarium.core.oauthclient.OauthToken;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The connections of an organization to Git hosts: which there are, a new one, the end of one.
public final class OauthClientPages {
  /// The section of the navigation that events belong to too.
  public static final String SECTION = "version-control";

  private static final String LIST = "/app/:organization_name/settings/version-control";
  private static final String NEW = LIST + "/new";

  private final Pages pages;
  private final Connections connections;
  private final Organizations organizations;
  private final URI publicUrl;

  public OauthClientPages(
      Pages pages, Connections connections, Organizations organizations, URI publicUrl) {
    this.pages = pages;
    this.connections = connections;
    this.organizations = organizations;
    this.publicUrl = publicUrl;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
    api.post(LIST + "/:oauth_client_id/delete", this::delete);
  }

  static String list(String organization) {
    return "/app/" + organization + "/settings/version-control";
  }

  /// @param token absent until somebody has connected it
  /// @param connectPath where people connect it by the host's page
  public record Row(
      OauthClient client,
      Optional<OauthToken> token,
      Optional<String> connectPath,
      String callbackUrl) {
    public String name() {
      return ConnectionChoices.name(client);
    }
  }

  /// @param isManaged whether the reader may change them
  public record View(String organization, boolean isManaged, Paged<Row> found) {}

  public record NewView(List<ServiceProvider> providers, Form form, Problems problems) {}

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationView organization = organization(call);
    String name = organization.organization().name();
    Paged<OauthClient> found = connections.clients().list(caller, name, Page.of(call));
    Map<OauthClientId, String> paths = connections.connectPaths().of(caller, found.items());
    View view =
        new View(
            name,
            organization.access().allows(OrganizationRight.MANAGE_VCS_SETTINGS),
            found.map(client -> row(caller, client, Optional.ofNullable(paths.get(client.id())))));
    return pages.page(
        call, "Version control", Place.within(name, SECTION), "oauthclient/list", view);
  }

  /// A connection has one token at most.
  private Row row(Principal caller, OauthClient client, Optional<String> connectPath) {
    return new Row(
        client,
        client.tokens().stream().findFirst().map(token -> connections.tokens().find(caller, token)),
        connectPath,
        publicUrl + OauthLogins.callbackPath(client.callbackUuid()));
  }

  private Reply ask(Call call) {
    return form(
        call,
        200,
        Form.showing(Map.of("service-provider", call.query("service-provider").orElse(""))),
        Problems.NONE);
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    try {
      OauthClient made =
          connections
              .clients()
              .create(
                  call.get(Principal.class),
                  call.path("organization_name"),
                  OauthClientsApi.changes(form.resource()));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          list(made.owner().name()),
          made.tokens().isEmpty()
              ? "The connection is made. Connect it by the page of its host now."
              : "The organization is connected to " + made.httpUrl() + ".");
    } catch (Fault.Invalid invalid) {
      return form(call, 422, form, Problems.of(invalid));
    }
  }

  private Reply form(Call call, int status, Form form, Problems problems) {
    OrganizationView organization = organization(call);
    organization.access().require(OrganizationRight.MANAGE_VCS_SETTINGS);
    return pages.page(
        call,
        status,
        "Connect a Git host",
        above(organization.organization().name()),
        "oauthclient/new",
        new NewView(List.of(ServiceProvider.values()), form, problems));
  }

  private Reply delete(Call call) {
    Principal caller = call.get(Principal.class);
    OauthClient gone =
        connections.clients().find(caller, call.path("oauth_client_id", OauthClientId::new));
    if (!gone.owner().name().equalsIgnoreCase(call.path("organization_name"))) {
      throw new Fault.NotFound();
    }
    connections.clients().delete(caller, gone.id());
    return pages.done(
        list(gone.owner().name()), "The connection " + ConnectionChoices.name(gone) + " is gone.");
  }

  private OrganizationView organization(Call call) {
    return organizations.find(call.get(Principal.class), call.path("organization_name"));
  }

  /// Where pages below the list are.
  public static Place above(String organization) {
    return Place.within(organization, SECTION, new Crumb("Version control", list(organization)));
  }
}
