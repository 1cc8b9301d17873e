package io.terrarium.atlas.api.flow;

import io.terrarium.core.access.Principal;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// The trace of a flow: ours, beside API v2.
public final class FlowsApi {
  private final Flows flows;

  public FlowsApi(Flows flows) {
    this.flows = flows;
  }

  public void mount(Api api) {
    api.get("/api/v2/terrarium/flows/:flow_id", this::show);
  }

  /// With `include=sent`, hops tell what they carried.
  private Reply show(Call call) {
    Flows.Flow flow = flows.find(call.get(Principal.class), call.path("flow_id"));
    boolean isWhole = call.query("include").filter("sent"::equals).isPresent();
    return Reply.json(200, isWhole ? flow : flow.withoutContent());
  }
}
