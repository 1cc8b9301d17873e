package io.terrarium.gitserver;

import io.terrarium.gitserver.api.CommitsApi;
import io.terrarium.gitserver.api.PullsApi;
import io.terrarium.gitserver.api.RepositoriesApi;
import io.terrarium.gitserver.delivery.Courier;
import io.terrarium.gitserver.git.SmartHttp;
import io.terrarium.gitserver.happening.Happenings;
import io.terrarium.gitserver.hook.HooksApi;
import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.status.StatusesApi;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import java.util.List;

/// Serves the repositories of a directory over http, with as much of Gitea's API as Terrarium's own
/// adapter calls. All that it keeps lies in the repositories.
public final class GitServer {
  static final String NAME = "git-server";
  private static final String REPOSITORY = "/api/v1/repos/:owner/:name";

  private GitServer() {}

  public static Service start(GitServerConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(new PlainFaults()),
        parts -> {
          Addresses addresses = config.addresses();
          Repositories repositories = parts.add(Repositories.open(config.directory()));
          Courier courier = parts.add(new Courier(config.trust()));
          Happenings happenings = new Happenings(addresses, courier, platform.clock());
          happenings.recover(repositories);
          return routes -> {
            new Health().mount(routes);
            Api inside = routes.behind(new Door(config.token()));
            new RepositoriesApi(repositories, addresses).mount(inside, REPOSITORY);
            new CommitsApi(repositories, addresses).mount(inside, REPOSITORY);
            new HooksApi(repositories, platform.clock()).mount(inside, REPOSITORY);
            new StatusesApi(repositories, platform.clock()).mount(inside, REPOSITORY);
            new PullsApi(repositories, happenings, addresses, platform.clock())
                .mount(inside, REPOSITORY);
            new SmartHttp(repositories, happenings, config.pushBytesMax()).mount(inside);
          };
        });
  }

  static void main(String[] args) {
    Program.serve(NAME, GitServerConfig::from, GitServer::start);
  }
}
