package io.terrarium.atlas;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.account.AccountApi;
import io.terrarium.atlas.api.admin.AdministrationApi;
import io.terrarium.atlas.api.admin.GeneralSettingsApi;
import io.terrarium.atlas.api.admin.InitialAdminApi;
import io.terrarium.atlas.api.admin.InitialToken;
import io.terrarium.atlas.api.discovery.DiscoveryApi;
import io.terrarium.atlas.api.notification.NotificationConfigurationsApi;
import io.terrarium.atlas.api.organization.OrganizationsApi;
import io.terrarium.atlas.api.project.ProjectsApi;
import io.terrarium.atlas.api.token.TokensApi;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.request.AnswerHeaders;
import io.terrarium.atlas.request.Buckets;
import io.terrarium.atlas.request.ClientAddress;
import io.terrarium.atlas.request.Identification;
import io.terrarium.atlas.request.RateLimit;
import io.terrarium.atlas.request.SignInLimit;
import io.terrarium.atlas.request.VerificationLimit;
import io.terrarium.atlas.ui.lab.LabClient;
import io.terrarium.atlas.ui.lab.LabRoutes;
import io.terrarium.atlas.ui.login.LoginTokens;
import io.terrarium.atlas.ui.mesh.BuildQueues;
import io.terrarium.atlas.ui.mesh.MeshPages;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.core.account.Users;
import io.terrarium.core.admin.Administration;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.audit.AuditSubjects;
import io.terrarium.core.dispatch.Clockwork;
import io.terrarium.core.lab.LabNotes;
import io.terrarium.core.live.Changes;
import io.terrarium.core.login.Logins;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.passwordlink.PasswordLinks;
import io.terrarium.core.project.Projects;
import io.terrarium.core.registry.RegistryOffers;
import io.terrarium.core.registrymodule.ModuleContents;
import io.terrarium.core.registrymodule.ModuleOffers;
import io.terrarium.core.registryprovider.ProviderOffers;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Listening;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.telemetry.SpanExport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The web service: API v2 for clients, the internal routes for the mesh.
public final class Atlas implements AutoCloseable {
  private static final String NAME = "atlas";
  private static final Duration REDIS_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(20);

  /// People wait for a page.
  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(5);

  /// What is asked again and again, for pages that are worth something without it.
  private static final Duration PIECE_TIMEOUT = Duration.ofSeconds(2);

  private final AtlasConfig config;
  private final Platform platform;
  private final Parts parts;
  private final Database database;
  private final Redis redis;
  private final Core core;
  private final RunRoutes routes;
  private final Users users;
  private final Projects projects;
  private final Organizations organizations;
  private final Sessions sessions;
  private final Changes changes;
  private final Administration administration;
  private final RegistryOffers offers;
  private final ModuleContents contents;
  private final BuildQueues queues;
  private final Logins logins;
  private final PasswordLinks passwordLinks;
  private final HttpService http;

  private Atlas(AtlasConfig config, Platform platform) {
    this.config = config;
    this.platform = platform;
    parts = new Parts(NAME, platform.metrics());
    try {
      database =
          parts.add(Database.open(config.database(), NAME, AtlasMigrations.SCHEMA, List.of()));
      database.validate(AtlasMigrations.LOCATION);
      changes = parts.add(new Changes(config.database(), AtlasMigrations.SCHEMA));
      redis = parts.add(Redis.open(config.redis(), NAME, REDIS_WAIT_MAX));
      Clockwork clockwork = parts.add(new Clockwork());
      core = parts.add(Core.of(config.core(), database, redis, platform, clockwork::wake));
      SpanExport.of(config.telemetry()).map(parts::add).ifPresent(core.hops()::exportTo);
      PublicAddress address = new PublicAddress(config.publicUrl(), config.core().router());
      offers = parts.add(registryOffers());
      contents = new ModuleContents(registry(PAGE_TIMEOUT));
      queues = new BuildQueues(parts.add(client(config.buildManager(), PIECE_TIMEOUT)));
      routes = parts.add(new RunRoutes(core, address, offers, platform.clock()));
      core.terraformVersions().registerInstalled();
      if (redis.ensureEpoch()) {
        core.outbox().forgetPushes();
      }
      users =
          new Users(
              database, core.tokens(), core.authentication(), platform.ids(), platform.clock());
      sessions = new Sessions(database, config.core().rootSecret(), platform.clock());
      logins = new Logins(database, core.tokens(), config.core().rootSecret(), platform.clock());
      passwordLinks =
          new PasswordLinks(
              database, users, sessions, config.core().rootSecret(), platform.clock());
      projects = new Projects(database, core.projectTags(), platform.ids(), platform.clock());
      organizations =
          new Organizations(
              database,
              new Organizations.Neighbours(
                  projects,
                  core.settings(),
                  core.authentication(),
                  core.outbox(),
                  core.vcs().abandonedHooks()),
              platform.ids(),
              platform.clock());
      administration =
          Administration.of(
              database,
              new Administration.Neighbours(
                  core.authentication(),
                  sessions,
                  organizations,
                  core.workspaces(),
                  core.run().actions()));
      http =
          parts.add(
              HttpService.start(
                  platform.vertx(),
                  NAME,
                  new Listening(config.listen())
                      .measuredBy(platform.metrics())
                      .behind(List.of(FlowLog.filter(), new AnswerHeaders(), address)),
                  this::mount));
      offers.start();
      clockwork.start(
          core.run().dispatch(),
          core.run().timers(),
          core.outbox(),
          Map.of(
              "browser sessions", sessions::sweep,
              "login codes", logins::sweep,
              "password links", passwordLinks::sweep,
              "hops", core.hops()::sweep,
              "backing data", core.backingData()::sweep,
              "workers", core.workers()::sweep,
              "vcs events", core.vcs().events()::sweep,
              "webhooks", core.vcs().repositories()::sweep));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<LabRoutes> labs() {
    return config
        .lab()
        .map(lab ->
            new LabRoutes(
                core,
                new LabRoutes.Neighbours(
                    new LabNotes(database, platform.clock()),
                    parts.add(new LabClient(lab.control(), lab.token())),
                    organizations,
                    redis,
                    parts.add(
                        new ServiceClient(
                            config.core().router(), Optional.empty(), REGISTRY_TIMEOUT)),
                    config.core().terraformVersion()),
                platform.clock()));
  }

  private RegistryOffers registryOffers() {
    return new RegistryOffers(
        registry(REGISTRY_TIMEOUT),
        List.of(
            new ModuleOffers(database, core.vcs().moduleIngress(), platform.clock()),
            new ProviderOffers(database)));
  }

  private ServiceClient registry(Duration timeout) {
    return parts.add(client(config.registryApi(), timeout));
  }

  private ServiceClient client(URI service, Duration timeout) {
    return new ServiceClient(service, Optional.of(config.internalToken()), timeout);
  }

  public static Atlas start(AtlasConfig config, Platform platform) {
    return new Atlas(config, platform);
  }

  static void main(String[] args) {
    Program.serve(NAME, AtlasConfig::from, Atlas::start);
  }

  public int port() {
    return http.port();
  }

  List<MountedRoute> mounted() {
    return http.mounted();
  }

  /// Those whose changes are written to the audit log.
  List<MountedRoute> audited() {
    return http.mountedBehind(AuditTrail.class);
  }

  private void mount(Api root) {
    ClientAddress clients = new ClientAddress(config.initialAdmin().trustedProxies());
    Buckets buckets = new Buckets(redis, platform.clock());
    RateLimit limit = new RateLimit(core.settings(), buckets, clients);
    Api counted = root.behind(new Identification(core.authentication())).behind(limit);
    mountPublic(root, counted);
    InitialToken initial =
        new InitialToken(users, config.initialAdmin(), clients, platform.clock());
    AuditTrail trail = new AuditTrail(new AuditSubjects(database), clients, platform.clock());
    new PageRoutes(
            core,
            new PageRoutes.Neighbours(
                users,
                organizations,
                projects,
                sessions,
                changes,
                new MeshRoutes(
                    routes.flows(),
                    new MeshPages.Sources(core.hops(), redis, queues),
                    changes,
                    platform.clock(),
                    labs()),
                administration,
                new RegistryPageRoutes.Registry(contents, offers::wake),
                logins,
                passwordLinks),
            config.publicUrl(),
            platform.clock())
        .mount(root, trail, new SignInLimit(buckets, clients), initial, buckets);
    new LoginTokens(logins).mount(root.behind(limit).behind(trail));
    new InitialAdminApi(users, initial).mount(counted.behind(trail));
    mountAuthenticated(counted.behind(Identification.required()).behind(trail), buckets);
    routes.mountInternal(root.behind(BearerToken.required(config.internalToken())));
  }

  private void mountPublic(Api root, Api counted) {
    new Health()
        .with("database", database::check)
        .with("redis", redis::check)
        .with("vault", core.transit()::check)
        .mount(root);
    new DiscoveryApi().mount(counted);
    routes.mountWebhooks(root);
    routes.mountPages(counted, "https".equals(config.publicUrl().getScheme()));
  }

  /// Behind a good token; the endpoints find the caller by `call.get(Principal.class)`.
  private void mountAuthenticated(Api api, Buckets buckets) {
    AccountApi accounts = new AccountApi(users, sessions, core.settings());
    accounts.mount(api);
    new GeneralSettingsApi(core.settings()).mount(api);
    new AdministrationApi(administration, core.terraformVersions()).mount(api);
    ProjectsApi projectsApi = new ProjectsApi(projects);
    OrganizationsApi organizationsApi =
        new OrganizationsApi(organizations, core.settings(), projectsApi);
    organizationsApi.mount(api);
    projectsApi.mount(api);
    new TokensApi(core.tokens()).mount(api);
    new TeamRoutes(core.teams(), accounts, organizationsApi).mount(api);
    routes.mount(api, accounts, organizationsApi, projectsApi);
    new NotificationConfigurationsApi(
            core.notifications().configurations(), new VerificationLimit(core.settings(), buckets))
        .mount(api);
  }

  @Override
  public void close() {
    parts.close();
  }
}
