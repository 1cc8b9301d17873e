package io.terrarium.atlas.ui.vcs;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.oauthclient.ConnectionChoices;
import io.terrarium.atlas.ui.oauthclient.OauthClientPages;
import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.vcs.VcsEvents;
import io.terrarium.core.vcs.VcsEvents.VcsEvent;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What Git hosts have told in the last ten days, and what was done with it.
public final class VcsEventPages {
  private static final String LIST = "/app/:organization_name/settings/vcs-events";
  private static final String ERROR = "error";

  private final Pages pages;
  private final VcsEvents events;
  private final OauthClients clients;
  private final Organizations organizations;

  public VcsEventPages(
      Pages pages, VcsEvents events, OauthClients clients, Organizations organizations) {
    this.pages = pages;
    this.events = events;
    this.clients = clients;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
  }

  /// @param connection what its connection is called; "" where that is gone
  public record Row(VcsEvent event, String connection) {
    public boolean isError() {
      return event.level().equals(ERROR);
    }
  }

  /// @param onlyErrors whether nothing else is asked for
  public record View(String organization, boolean onlyErrors, Paged<Row> found) {}

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    String name = organizations.find(caller, call.path("organization_name")).organization().name();
    boolean onlyErrors = call.query("level").filter(ERROR::equals).isPresent();
    VcsEvents.Filter filter =
        new VcsEvents.Filter(
            Optional.empty(), Optional.empty(), List.of(), onlyErrors ? List.of(ERROR) : List.of());
    Paged<VcsEvent> found = events.list(caller, name, filter, Page.of(call));
    Map<OauthClientId, String> names = names(caller, found.items());
    View view =
        new View(
            name,
            onlyErrors,
            found.map(event ->
                new Row(event, Optional.ofNullable(event.client()).map(names::get).orElse(""))));
    return pages.page(
        call, "Version control events", OauthClientPages.above(name), "vcs/events", view);
  }

  private Map<OauthClientId, String> names(Principal caller, List<VcsEvent> found) {
    List<OauthClientId> ids =
        found.stream().map(VcsEvent::client).filter(Objects::nonNull).distinct().toList();
    return clients.findAll(caller, ids).stream()
        .collect(Collectors.toMap(OauthClient::id, ConnectionChoices::name));
  }
}
