package io.terrarium.atlas;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.account.AccountApi;
import io.terrarium.atlas.api.admin.GeneralSettingsApi;
import io.terrarium.atlas.api.admin.InitialAdminApi;
import io.terrarium.atlas.api.discovery.DiscoveryApi;
import io.terrarium.atlas.api.discovery.HealthApi;
import io.terrarium.atlas.api.organization.OrganizationsApi;
import io.terrarium.atlas.api.project.ProjectsApi;
import io.terrarium.atlas.api.token.TokensApi;
import io.terrarium.atlas.request.AnswerHeaders;
import io.terrarium.atlas.request.Buckets;
import io.terrarium.atlas.request.ClientAddress;
import io.terrarium.atlas.request.Identification;
import io.terrarium.atlas.request.RateLimit;
import io.terrarium.core.account.Users;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.dispatch.Clockwork;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.project.Projects;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web service: API v2 for clients, the internal routes for the mesh.
public final class Atlas implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Atlas.class);
  private static final Duration REDIS_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);

  private final AtlasConfig config;
  private final Platform platform;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Database database;
  private final Redis redis;
  private final ServiceClient vault;
  private final Core core;
  private final RunRoutes routes;
  private final Users users;
  private final Projects projects;
  private final Organizations organizations;
  private final HttpService http;

  private Atlas(AtlasConfig config, Platform platform) {
    this.config = config;
    this.platform = platform;
    try {
      database = part(Database.open(config.database(), "atlas", AtlasMigrations.SCHEMA, List.of()));
      database.validate(AtlasMigrations.LOCATION);
      redis = part(Redis.open(config.redis(), "atlas", REDIS_WAIT_MAX));
      vault = part(new ServiceClient(config.vaultUrl(), Optional.empty(), HEALTH_TIMEOUT));
      Clockwork clockwork = part(new Clockwork());
      core = part(Core.of(config.core(), database, redis, platform, clockwork::wake));
      routes = part(new RunRoutes(core, new PublicAddress(config.publicUrl()), platform.clock()));
      if (redis.ensureEpoch()) {
        core.outbox().forgetPushes();
      }
      users =
          new Users(
              database, core.tokens(), core.authentication(), platform.ids(), platform.clock());
      projects = new Projects(database, platform.ids(), platform.clock());
      organizations =
          new Organizations(database, projects, core.settings(), platform.ids(), platform.clock());
      http =
          part(
              HttpService.start(
                  platform.vertx(),
                  "atlas",
                  config.listen(),
                  List.of(new AnswerHeaders()),
                  this::mount));
      clockwork.start(
          core.run().dispatch(), core.run().timers(), core.outbox(), core.workers(), core.hops());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public static Atlas start(AtlasConfig config, Platform platform) {
    return new Atlas(config, platform);
  }

  static void main(String[] args) {
    Program.serve(AtlasConfig::from, Atlas::start);
  }

  public int port() {
    return http.port();
  }

  List<MountedRoute> mounted() {
    return http.mounted();
  }

  private void mount(Api root) {
    ClientAddress clients = new ClientAddress(config.initialAdmin().trustedProxies());
    Api counted =
        root.behind(new Identification(core.authentication()))
            .behind(new RateLimit(core.settings(), new Buckets(redis, platform.clock()), clients));
    mountPublic(root, counted);
    new InitialAdminApi(users, config.initialAdmin(), clients, platform.clock()).mount(counted);
    mountAuthenticated(counted.behind(Identification.required()));
    routes.mountInternal(root.behind(BearerToken.required(config.internalToken())));
  }

  private void mountPublic(Api root, Api counted) {
    Map<String, HealthApi.Check> checks = new LinkedHashMap<>();
    checks.put("database", database::check);
    checks.put("redis", redis::check);
    checks.put("vault", this::checkVault);
    new HealthApi(checks).mount(root);
    new DiscoveryApi().mount(counted);
  }

  /// Behind a good token; the endpoints find the caller by `call.get(Principal.class)`.
  private void mountAuthenticated(Api api) {
    new AccountApi(users, core.settings()).mount(api);
    new GeneralSettingsApi(core.settings()).mount(api);
    new OrganizationsApi(organizations, core.settings()).mount(api);
    new ProjectsApi(projects).mount(api);
    new TokensApi(core.tokens()).mount(api);
    routes.mount(api);
  }

  private void checkVault() {
    try (InputStream answer = vault.get("/_health", Map.of()).orElseThrow()) {
      answer.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        log.atWarn().setCause(e).log("a part of atlas did not close cleanly");
      }
    }
  }
}
