package io.terrarium.atlas.ui.lab;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.lab.LabNotes;
import io.terrarium.core.organization.Organizations;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.redis.Redis;
import java.time.Clock;

/// Puts the pages of the labs together.
public final class LabRoutes {
  private final Core core;
  private final Neighbours neighbours;
  private final Clock clock;

  /// @param router the internal listener, the way to archivist
  public record Neighbours(
      LabNotes notes,
      LabClient lab,
      Organizations organizations,
      Redis redis,
      ServiceClient router,
      String terraformVersion) {}

  public LabRoutes(Core core, Neighbours neighbours, Clock clock) {
    this.core = core;
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /// @param api behind a session of a site admin
  public void mount(Api api, Pages pages) {
    Scene.Sources sources =
        new Scene.Sources(core.workspaces(), core.run().runs(), core.hops(), neighbours.redis());
    Workbench.Parts tools =
        new Workbench.Parts(
            neighbours.organizations(),
            core.workspaces(),
            core.configurations(),
            core.objects(),
            core.run().runs(),
            core.vcs().clients(),
            neighbours.router(),
            neighbours.lab(),
            neighbours.terraformVersion(),
            clock);
    Lessons lessons = new Lessons(neighbours.notes(), neighbours.lab(), sources, tools, clock);
    new LabPages(pages, lessons, neighbours.notes(), neighbours.lab(), clock).mount(api);
  }
}
