package io.terrarium.terrarium;

import io.terrarium.archivist.Archivist;
import io.terrarium.archivist.ArchivistConfig;
import io.terrarium.atlas.Atlas;
import io.terrarium.atlas.AtlasConfig;
import io.terrarium.buildmanager.BuildManager;
import io.terrarium.buildmanager.BuildManagerConfig;
import io.terrarium.buildworker.BuildWorker;
import io.terrarium.buildworker.BuildWorkerConfig;
import io.terrarium.gitserver.GitServer;
import io.terrarium.gitserver.GitServerConfig;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.settings.Env;
import io.terrarium.operations.Operations;
import io.terrarium.operations.OperationsConfig;
import io.terrarium.outboundproxy.OutboundProxy;
import io.terrarium.outboundproxy.OutboundProxyConfig;
import io.terrarium.registry.RegistryApi;
import io.terrarium.registry.RegistryApiConfig;
import io.terrarium.registry.RegistryWorker;
import io.terrarium.registry.RegistryWorkerConfig;
import io.terrarium.sidekiqworker.SidekiqWorker;
import io.terrarium.sidekiqworker.SidekiqWorkerConfig;
import io.terrarium.slugingress.SlugIngress;
import io.terrarium.slugingress.SlugIngressConfig;
import io.terrarium.stateparser.StateParser;
import io.terrarium.stateparser.StateParserConfig;
import io.terrarium.vault.VaultConfig;
import io.terrarium.vault.VaultServer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// The services of the mesh, as programs: each can be started in this process or in one of its own.
@SuppressWarnings("ImmutableEnumChecker") // method references hold nothing
enum ServiceProgram {
  VAULT("vault", 8200, VaultServer.class, new Starter<>(VaultConfig::from, VaultServer::start)),
  ARCHIVIST(
      "archivist", 7675, Archivist.class, new Starter<>(ArchivistConfig::from, Archivist::start)),
  STATE_PARSER(
      "state-parser",
      7588,
      StateParser.class,
      new Starter<>(StateParserConfig::from, StateParser::start)),
  OUTBOUND_PROXY(
      "outbound-proxy",
      7585,
      OutboundProxy.class,
      new Starter<>(OutboundProxyConfig::from, OutboundProxy::start)),
  SLUG_INGRESS(
      "slug-ingress",
      7586,
      SlugIngress.class,
      new Starter<>(SlugIngressConfig::from, SlugIngress::start)),
  /// The lab's own, which the mesh knows as any Git host; only where it is asked for.
  GIT_SERVER(
      "git-server", 3000, GitServer.class, new Starter<>(GitServerConfig::from, GitServer::start)),
  OPERATIONS(
      "operations",
      23005,
      Operations.class,
      new Starter<>(OperationsConfig::from, Operations::start)),
  BUILD_MANAGER(
      "build-manager",
      7577,
      BuildManager.class,
      new Starter<>(BuildManagerConfig::from, BuildManager::start)),
  ATLAS("atlas", 9292, Atlas.class, new Starter<>(AtlasConfig::from, Atlas::start)),
  SIDEKIQ_WORKER(
      "sidekiq-worker",
      7579,
      SidekiqWorker.class,
      new Starter<>(SidekiqWorkerConfig::from, SidekiqWorker::start)),
  REGISTRY_API(
      "registry-api",
      3121,
      RegistryApi.class,
      new Starter<>(RegistryApiConfig::from, RegistryApi::start)),
  REGISTRY_WORKER(
      "registry-worker",
      7591,
      RegistryWorker.class,
      new Starter<>(RegistryWorkerConfig::from, RegistryWorker::start)),
  BUILD_WORKER(
      "build-worker",
      7578,
      BuildWorker.class,
      new Starter<>(BuildWorkerConfig::from, BuildWorker::start));

  /// Those that every mesh has.
  static final List<ServiceProgram> OF_THE_MESH =
      Stream.of(values()).filter(service -> service != GIT_SERVER).toList();

  private final String wire;
  private final int port;
  private final Class<?> main;
  private final Starter<?> starter;

  ServiceProgram(String wire, int port, Class<?> main, Starter<?> starter) {
    this.wire = wire;
    this.port = port;
    this.main = main;
    this.starter = starter;
  }

  String wire() {
    return wire;
  }

  /// The port that the documents give it, taken when it is free.
  int preferredPort() {
    return port;
  }

  String mainClass() {
    return main.getName();
  }

  /// The prefix of its listening address in the environment.
  String listenKey() {
    return "TERRARIUM_" + name();
  }

  /// Its settings; what is missing or wrong with them is noted in `env`.
  Record settings(Env env) {
    return starter.settings().apply(env);
  }

  AutoCloseable start(Env env, Platform platform) {
    return starter.start(env, platform);
  }

  private record Starter<C extends Record>(
      Function<Env, C> settings, BiFunction<C, Platform, ? extends AutoCloseable> service) {
    AutoCloseable start(Env env, Platform platform) {
      C read = settings.apply(env);
      env.check();
      return service.apply(read, platform);
    }
  }
}
