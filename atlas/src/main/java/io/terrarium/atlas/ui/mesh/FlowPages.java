package io.terrarium.atlas.ui.mesh;

import io.terrarium.atlas.api.flow.Flows;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.live.ChangeFeed;
import io.terrarium.core.access.Principal;
import io.terrarium.core.live.Changes;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.InstantSource;

/// The way of a run, a webhook, a configuration or a module through the mesh, as it happens.
public final class FlowPages {
  private static final String ONE = "/app/mesh/flows/:flow_id";

  private final Pages pages;
  private final Flows flows;
  private final Changes changes;
  private final InstantSource clock;

  public FlowPages(Pages pages, Flows flows, Changes changes, InstantSource clock) {
    this.pages = pages;
    this.flows = flows;
    this.changes = changes;
    this.clock = clock;
  }

  public void mount(Api api) {
    api.get(ONE, this::show);
    api.get("/app/live/hops/:flow_id", this::watch);
  }

  public record View(Flows.Flow flow, SequenceDiagram diagram) {}

  private Reply show(Call call) {
    Flows.Flow flow = flows.find(call.get(Principal.class), call.path("flow_id"));
    View view = new View(flow, SequenceDiagram.of(flow.hops()));
    return call.header("HX-Request").isPresent()
        ? pages.piece("mesh/hops", view)
        : pages.page(
            call, "Way of " + flow.flow(), Place.of(Area.MESH, "flows"), "mesh/flow", view);
  }

  private Reply watch(Call call) {
    String flow = flows.find(call.get(Principal.class), call.path("flow_id")).flow();
    return Reply.events(new ChangeFeed(changes.watch("hops/" + flow), clock));
  }
}
