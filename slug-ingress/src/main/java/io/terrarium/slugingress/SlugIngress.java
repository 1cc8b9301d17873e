package io.terrarium.slugingress;

import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.slugingress.git.WayOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetches commits of Git repositories and packs them into slugs. It keeps nothing: whatever it was
/// doing when it died is asked for again.
public final class SlugIngress {
  static final String NAME = "slug-ingress";

  private SlugIngress() {}

  public static Service start(SlugIngressConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(FlowLog.filter()),
        parts -> {
          IngressApi api =
              new IngressApi(
                  new WayOut(config.proxy(), config.knownHosts(), Map.of()),
                  parts.add(
                      new ServiceClient(config.router(), Optional.empty(), config.limits().time())),
                  parts.add(new Turns(config.limits(), Workroom.open(config.directory()))),
                  parts.add(new HopReporter(NAME, config.router(), config.internalToken())),
                  platform.clock());
          return routes -> {
            new Health().mount(routes);
            Api inside = routes.behind(BearerToken.required(config.internalToken()));
            inside.post(InternalApi.INGRESS, api::ingress);
            inside.post(InternalApi.REFS, api::refs);
            inside.post(InternalApi.CHANGES, api::changes);
          };
        });
  }

  static void main(String[] args) {
    Program.serve(NAME, SlugIngressConfig::from, SlugIngress::start);
  }
}
