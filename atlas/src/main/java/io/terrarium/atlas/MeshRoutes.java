package io.terrarium.atlas;

import io.terrarium.atlas.api.flow.Flows;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.lab.LabRoutes;
import io.terrarium.atlas.ui.mesh.BrokerPages;
import io.terrarium.atlas.ui.mesh.FlowPages;
import io.terrarium.atlas.ui.mesh.JobPages;
import io.terrarium.atlas.ui.mesh.MeshPages;
import io.terrarium.core.live.Changes;
import io.terrarium.kernel.http.Api;
import java.time.Clock;
import java.util.Optional;

/// The pages that show the mesh itself.
final class MeshRoutes {
  private final Flows flows;
  private final MeshPages.Sources sources;
  private final Changes changes;
  private final Clock clock;
  private final Optional<LabRoutes> labs;

  MeshRoutes(
      Flows flows,
      MeshPages.Sources sources,
      Changes changes,
      Clock clock,
      Optional<LabRoutes> labs) {
    this.flows = flows;
    this.sources = sources;
    this.changes = changes;
    this.clock = clock;
    this.labs = labs;
  }

  boolean isLab() {
    return labs.isPresent();
  }

  /// Behind a session.
  void mount(Api api, Pages pages) {
    new MeshPages(pages, sources, changes, clock).mount(api);
    new FlowPages(pages, flows, changes, clock).mount(api);
    new JobPages(pages, sources.redis(), clock).mount(api);
    new BrokerPages(pages, sources.queues()).mount(api);
    labs.ifPresent(routes -> routes.mount(api.behind(MeshPages.siteAdmins()), pages));
  }
}
