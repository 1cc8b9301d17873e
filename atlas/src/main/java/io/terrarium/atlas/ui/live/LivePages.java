package io.terrarium.atlas.ui.live;

import io.terrarium.core.access.Principal;
import io.terrarium.core.live.Changes;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.InstantSource;
import java.util.Map;

/// Streams by which open pages hear that something has changed.
public final class LivePages {
  private final Changes changes;
  private final Organizations organizations;
  private final Map<String, Watching> kinds;
  private final InstantSource clock;

  /// @param kinds what may be watched, by what its id begins with
  public LivePages(
      Changes changes,
      Organizations organizations,
      Map<String, Watching> kinds,
      InstantSource clock) {
    this.changes = changes;
    this.organizations = organizations;
    this.kinds = Map.copyOf(kinds);
    this.clock = clock;
  }

  /// Who may watch a thing.
  @FunctionalInterface
  public interface Watching {
    /// @return the topic of its changes
    /// @throws Fault.NotFound when it is not there or the caller may not see it
    String topic(Principal caller, String id);
  }

  public void mount(Api api) {
    api.get("/app/live/:id", this::watch);
    api.get("/app/live/organizations/:organization_name", this::watchAll);
  }

  private Reply watch(Call call) {
    String id = call.path("id");
    Watching kind = kinds.get(id.substring(0, id.indexOf('-') + 1));
    if (kind == null) {
      throw new Fault.NotFound();
    }
    String topic = kind.topic(call.get(Principal.class), id);
    return feed(topic);
  }

  /// Of an organization, its runs.
  private Reply watchAll(Call call) {
    OrganizationView found =
        organizations.find(call.get(Principal.class), call.path("organization_name"));
    return feed(found.organization().id().value());
  }

  private Reply feed(String topic) {
    return Reply.events(new ChangeFeed(changes.watch(topic), clock));
  }
}
