package io.terrarium.atlas;

import io.terrarium.atlas.api.flow.Flows;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.mesh.FlowPages;
import io.terrarium.atlas.ui.mesh.JobPages;
import io.terrarium.atlas.ui.mesh.MeshPages;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.live.Changes;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.redis.Redis;
import java.time.Clock;

/// The pages that show the mesh itself.
final class MeshRoutes {
  private final Flows flows;
  private final Hops hops;
  private final Changes changes;
  private final Redis redis;
  private final Clock clock;

  MeshRoutes(Flows flows, Hops hops, Changes changes, Redis redis, Clock clock) {
    this.flows = flows;
    this.hops = hops;
    this.changes = changes;
    this.redis = redis;
    this.clock = clock;
  }

  /// Behind a session.
  void mount(Api api, Pages pages) {
    new MeshPages(pages, hops, changes, redis, clock).mount(api);
    new FlowPages(pages, flows, changes, clock).mount(api);
    new JobPages(pages, redis, clock).mount(api);
  }
}
