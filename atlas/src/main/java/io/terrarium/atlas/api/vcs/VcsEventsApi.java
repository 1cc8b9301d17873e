package io.terrarium.atlas.api.vcs;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.oauthclient.OauthClientsApi;
import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.vcs.VcsEvents;
import io.terrarium.core.vcs.VcsEvents.VcsEvent;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Git hosts have told in the last ten days, and what was done with it.
public final class VcsEventsApi {
  private static final Set<String> LEVELS = Set.of("info", "error");

  private final VcsEvents events;
  private final Includes<VcsEvent> includes;

  public VcsEventsApi(VcsEvents events, OauthClientsApi clients) {
    this.events = events;
    this.includes =
        new Includes<>(
            Set.of("oauth_client"),
            Map.of(
                "oauth_client",
                Includes.Renderer.toAll(VcsEventsApi::clients, clients::resources)));
  }

  public void mount(Api api) {
    api.get("/api/v2/organizations/:organization_name/vcs-events", this::list);
  }

  record Attributes(
      Instant createdAt,
      String level,
      String message,
      long organizationId,
      @Nullable String suggestedAction) {}

  private Reply list(Call call) {
    List<String> wanted = includes.wanted(call);
    Principal caller = call.get(Principal.class);
    List<String> levels = call.queryList("filter[levels]");
    if (!LEVELS.containsAll(levels)) {
      throw new Fault.BadRequest("filter[levels] must hold info and error alone.");
    }
    VcsEvents.Filter filter =
        new VcsEvents.Filter(
            time(call, "filter[from]"),
            time(call, "filter[to]"),
            call.queryList("filter[oauth_client_external_ids]"),
            levels);
    Paged<VcsEvent> found =
        events.list(caller, call.path("organization_name"), filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(
            call, found.map(VcsEventsApi::resource), includes.of(caller, found.items(), wanted)));
  }

  private static List<OauthClientId> clients(VcsEvent event) {
    return Optional.ofNullable(event.client()).stream().toList();
  }

  private static Optional<Instant> time(Call call, String name) {
    try {
      return call.query(name).filter(text -> !text.isBlank()).map(Instant::parse);
    } catch (DateTimeException e) {
      throw new Fault.BadRequest(name + " must be a time such as 2026-01-02T03:04:05Z.");
    }
  }

  private static Resource resource(VcsEvent event) {
    return new Resource(
        event.id().value(),
        "vcs-events",
        new Attributes(
            event.createdAt(),
            event.level(),
            event.message(),
            event.organizationKey(),
            event.suggestedAction()),
        Map.of(
            "oauth-client",
            Relationship.optional(
                "oauth-clients", Optional.ofNullable(event.client()).map(Object::toString)),
            "oauth-token",
            Relationship.optional(
                "oauth-tokens", Optional.ofNullable(event.token()).map(Object::toString))),
        Map.of());
  }
}
