package io.terrarium.atlas.api.oauthclient;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.ConnectPaths;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthClientChanges;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;

/// Connections to Git hosts: create, read, list, update, delete, and which projects may use them.
public final class OauthClientsApi {
  private static final String OF_ORGANIZATION =
      "/api/v2/organizations/:organization_name/oauth-clients";
  private static final String ONE = "/api/v2/oauth-clients/:id";
  private static final String PROJECTS = ONE + "/relationships/projects";

  private final OauthClients clients;
  private final ConnectPaths connectPaths;
  private final PublicAddress address;

  public OauthClientsApi(OauthClients clients, ConnectPaths connectPaths, PublicAddress address) {
    this.clients = clients;
    this.connectPaths = connectPaths;
    this.address = address;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::create);
    api.get(ONE, call -> one(call, 200, clients.find(caller(call), id(call))));
    api.patch(
        ONE,
        call -> one(call, 200, clients.update(caller(call), id(call), changes(document(call)))));
    api.delete(
        ONE,
        call -> {
          clients.delete(caller(call), id(call));
          return Reply.noContent();
        });
    api.post(
        PROJECTS,
        call -> {
          clients.attach(caller(call), id(call), projects(call));
          return Reply.noContent();
        });
    api.delete(
        PROJECTS,
        call -> {
          clients.detach(caller(call), id(call), projects(call));
          return Reply.noContent();
        });
  }

  /// For `include=oauth_client` of other resources.
  public List<Resource> resources(Principal caller, List<OauthClientId> ids) {
    return shown(caller, clients.findAll(caller, ids));
  }

  private List<Resource> shown(Principal caller, List<OauthClient> found) {
    Map<OauthClientId, String> paths = connectPaths.of(caller, found);
    return found.stream()
        .map(client -> OauthClientResource.of(client, paths.get(client.id()), address))
        .toList();
  }

  private Reply list(Call call) {
    Paged<OauthClient> found =
        clients.list(caller(call), call.path("organization_name"), Page.of(call));
    return Reply.document(
        200, Listing.of(call, found.withItems(shown(caller(call), found.items()))));
  }

  private Reply create(Call call) {
    return one(
        call,
        201,
        clients.create(caller(call), call.path("organization_name"), changes(document(call))));
  }

  private static Incoming document(Call call) {
    return Incoming.of(call, OauthClientResource.TYPE);
  }

  /// What a request wants a connection to be.
  public static OauthClientChanges changes(Incoming body) {
    OauthClientChanges changes =
        new OauthClientChanges(
            body.text("name"),
            body.text("service-provider"),
            body.text("http-url"),
            body.text("api-url"),
            body.text("key"),
            body.text("secret"),
            body.text("oauth-token-string"),
            body.flag("organization-scoped"),
            body.relationshipsGiven("projects")
                .map(sent -> Identifiers.of(sent, "projects", "/data/relationships/projects/data"))
                .map(ids -> ids.stream().map(ProjectId::new).toList()));
    body.check();
    return changes;
  }

  private static List<ProjectId> projects(Call call) {
    return Identifiers.of(call, "projects").stream().map(ProjectId::new).toList();
  }

  private Reply one(Call call, int status, OauthClient client) {
    return Reply.document(status, Document.of(shown(caller(call), List.of(client)).getFirst()));
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static OauthClientId id(Call call) {
    return call.path("id", OauthClientId::new);
  }
}
