package io.terrarium.terrarium;

import static io.terrarium.terrarium.ServiceProgram.ARCHIVIST;
import static io.terrarium.terrarium.ServiceProgram.ATLAS;
import static io.terrarium.terrarium.ServiceProgram.BUILD_MANAGER;
import static io.terrarium.terrarium.ServiceProgram.BUILD_WORKER;
import static io.terrarium.terrarium.ServiceProgram.GIT_SERVER;
import static io.terrarium.terrarium.ServiceProgram.OPERATIONS;
import static io.terrarium.terrarium.ServiceProgram.OUTBOUND_PROXY;
import static io.terrarium.terrarium.ServiceProgram.REGISTRY_API;
import static io.terrarium.terrarium.ServiceProgram.REGISTRY_WORKER;
import static io.terrarium.terrarium.ServiceProgram.SIDEKIQ_WORKER;
import static io.terrarium.terrarium.ServiceProgram.SLUG_INGRESS;
import static io.terrarium.terrarium.ServiceProgram.STATE_PARSER;
import static io.terrarium.terrarium.ServiceProgram.VAULT;

import io.terrarium.atlas.AtlasMigrations;
import io.terrarium.contracts.route.Routes;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedRouter;
import io.terrarium.embedded.EmbeddedServices;
import io.terrarium.embedded.EmbeddedServices.Part;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.embedded.Progress;
import io.terrarium.embedded.RouterConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.settings.Env;
import io.terrarium.registry.RegistryMigrations;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running mesh: local backing services, router and all services, started in the documents' order
/// and closed in reverse.
///
/// First the independent ones side by side, the router, then broker and database; once these
/// answer, the services that need no database and the migrations; after the migrations atlas,
/// sidekiq and the registry.
public final class Mesh implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Mesh.class);

  private final Parts parts = new Parts("mesh");
  private final BootProgress progress;
  private final TerraformBinary terraform;
  private final DataDirectory data;
  private final EmbeddedRouter router;
  private final LocalCertificates certificates;
  private final Map<String, String> environment;
  private final SharedSettings shared;
  private final ServiceLauncher launcher;
  private final StatusFile status;

  /// Other nodes may use the same servers.
  private final boolean isOneOfSeveral;

  private Mesh(MeshOptions options, BootProgress progress, Consumer<Path> whenOurs) {
    this.progress = progress;
    try {
      terraform = TerraformBinary.firstUsable(options.terraformBinaries());
      Map<String, String> settings = Settings.read(options);
      Server.check(settings);
      isOneOfSeveral = settings.containsKey("TFE_REDIS_HOST");
      data = parts.add(DataDirectory.open(options.data()));
      whenOurs.accept(data.root());
      status = parts.add(StatusFile.starting(data.root()));
      Platform platform = parts.add(Platform.start());
      certificates = LocalCertificates.ensure(data, names(settings), platform.clock());
      Map<String, URI> upstreams = new ConcurrentHashMap<>();
      router = parts.add(startRouter(options, platform, upstreams));
      EmbeddedServices local = parts.add(startLocal(options, Server.ours(settings)));
      environment =
          new MeshEnvironment(data)
              .settings(settings)
              .local(local)
              .secrets()
              .addresses(router)
              .certificates(certificates)
              .runs(options, terraform.version())
              .git(options.git(), certificates)
              .lab(options.lab())
              .values();
      BackupToken.keep(data.root(), environment);
      GitAccess.keep(data.root(), environment);
      // Left last: until its services have stopped, this node is one of those that share.
      shared = parts.add(new SharedSettings());
      parts.add(MeshFile.write(data.root(), environment));
      launcher = parts.add(launcher(options, platform));
      startServices(upstreams);
      if (options.lab()) {
        parts.add(startLab(options, platform, local));
      }
      InternalToken.write(data, environment);
      status.started(httpUrl(), address(OPERATIONS));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Starts a mesh; returns when it answers.
  ///
  /// @throws MeshFault, EmbeddedFault or SettingsFault with what a person can do
  public static Mesh start(MeshOptions options, BootProgress progress) {
    return start(options, progress, _ -> {});
  }

  /// @param whenOurs hears of the data directory, before anything is done there, once no other mesh
  ///   can have it
  static Mesh start(MeshOptions options, BootProgress progress, Consumer<Path> whenOurs) {
    return new Mesh(options, progress, whenOurs);
  }

  public URI publicUrl() {
    return URI.create("https://127.0.0.1:" + router.httpsPort());
  }

  public URI httpUrl() {
    return URI.create("http://127.0.0.1:" + router.httpPort());
  }

  /// The certificate of the mesh's own authority.
  public Path caFile() {
    return certificates.authority();
  }

  /// The system's roots and the mesh's own authority, for `SSL_CERT_FILE`.
  public Path caBundle() {
    return certificates.bundle();
  }

  /// Where the lab's Git server is, where there is one.
  public Optional<URI> gitUrl() {
    return Optional.ofNullable(environment.get(GIT_SERVER.listenKey() + "_URL")).map(URI::create);
  }

  /// Whether there are exercises.
  boolean isLab() {
    return environment.containsKey(LabControl.URL);
  }

  public Path dataDirectory() {
    return data.root();
  }

  /// The terraform that runs use where they name no version.
  Path terraform() {
    return terraform.path();
  }

  /// Processes of the services, where each has one of its own.
  public Map<String, Long> processes() {
    return launcher.processes();
  }

  private EmbeddedRouter startRouter(
      MeshOptions options, Platform platform, Map<String, URI> upstreams) {
    RouterConfig config =
        new RouterConfig(
            options.httpsPort(),
            options.httpPort(),
            data.port("router-internal", 0),
            certificates.server(),
            certificates.serverKey());
    return progress.timed(
        "router",
        () -> EmbeddedRouter.start(platform.vertx(), config, upstreams, platform.clock()));
  }

  private EmbeddedServices startLocal(MeshOptions options, Set<EmbeddedServices.Part> ours) {
    Progress told = (name, state, millis) -> progress.on(name, state.name(), millis);
    return options.separate()
        ? EmbeddedServices.startWithoutPrograms(data, told, ours)
        : EmbeddedServices.start(data, told, ours);
  }

  /// For the certificate, besides localhost.
  private static List<String> names(Map<String, String> settings) {
    return Optional.ofNullable(settings.get("TFE_HOSTNAME")).map(List::of).orElse(List.of());
  }

  private ServiceLauncher launcher(MeshOptions options, Platform platform) {
    return options.separate()
        ? new SeparateServices(environment, data, progress)
        : new ServicesInProcess(environment, platform);
  }

  /// Closed before the services, so that none is paused any more when it is to end.
  private LabControl startLab(MeshOptions options, Platform platform, EmbeddedServices local) {
    List<Breakable> breakable = new ArrayList<>();
    local.redis().ifPresent(_ -> breakable.add(new LocalServer(local, Part.REDIS)));
    if (!options.separate()) {
      local.broker().ifPresent(_ -> breakable.add(new LocalServer(local, Part.BROKER)));
      local.s3().ifPresent(_ -> breakable.add(new LocalServer(local, Part.S3)));
    }
    breakable.addAll(launcher.breakable());
    Path root = data.root();
    return LabControl.start(
        platform,
        environment,
        breakable,
        new LabRepositories(data.directory("lab"), environment),
        PlaceOptions.isUsual(root) ? "" : " --data " + root);
  }

  private void startServices(Map<String, URI> upstreams) {
    launcher.startBacking();
    Boot boot = new Boot(progress);
    List<Boot.Step> migrations =
        List.of(
            boot.step("atlas-migrations", () -> AtlasMigrations.migrate(database())),
            boot.step("registry-migrations", () -> RegistryMigrations.migrate(database())));
    List<Boot.Step> first = services(boot, independent(environment));
    if (isOneOfSeveral) {
      // With other settings than the others' it is to do nothing: build-manager takes what all
      // share.
      boot.inParallel(migrations);
      shared.join(environment);
    } else {
      first.addAll(migrations);
    }
    boot.inParallel(first);
    boot.inParallel(
        services(boot, ARCHIVIST, ATLAS, SIDEKIQ_WORKER, REGISTRY_API, REGISTRY_WORKER));
    upstreams.put(Routes.OPERATIONS, address(OPERATIONS));
    upstreams.put(Routes.ATLAS, address(ATLAS));
    upstreams.put(Routes.ARCHIVIST, address(ARCHIVIST));
    upstreams.put(Routes.REGISTRY_API, address(REGISTRY_API));
    boot.inParallel(services(boot, BUILD_WORKER));
    log.atInfo().log("mesh is up");
  }

  /// Those that need no other service. A Vault of the user's is there already.
  static ServiceProgram[] independent(Map<String, String> environment) {
    List<ServiceProgram> wanted = new ArrayList<>();
    if (!VaultRules.isOfTheUser(environment)) {
      wanted.add(VAULT);
    }
    wanted.addAll(List.of(STATE_PARSER, OUTBOUND_PROXY, SLUG_INGRESS, BUILD_MANAGER, OPERATIONS));
    if (environment.containsKey(GitAccess.TOKEN)) {
      wanted.add(GIT_SERVER);
    }
    return wanted.toArray(ServiceProgram[]::new);
  }

  private List<Boot.Step> services(Boot boot, ServiceProgram... services) {
    List<Boot.Step> steps = new ArrayList<>();
    for (ServiceProgram service : services) {
      steps.add(boot.step(service.wire(), () -> launcher.start(service)));
    }
    return steps;
  }

  private DatabaseConfig database() {
    return DatabaseConfig.from(Env.of(environment), 2);
  }

  private URI address(ServiceProgram service) {
    return URI.create(environment.getOrDefault(service.listenKey() + "_URL", ""));
  }

  @Override
  public void close() {
    parts.close();
  }
}
