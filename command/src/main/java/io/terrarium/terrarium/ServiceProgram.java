package io.terrarium.terrarium;

import io.terrarium.atlas.Atlas;
import io.terrarium.atlas.AtlasConfig;
import io.terrarium.buildmanager.BuildManager;
import io.terrarium.buildmanager.BuildManagerConfig;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.settings.Env;
import io.terrarium.sidekiqworker.SidekiqWorker;
import io.terrarium.sidekiqworker.SidekiqWorkerConfig;
import io.terrarium.vault.VaultConfig;
import io.terrarium.vault.VaultServer;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The services of the mesh, as programs: each can be started in this process or in one of its own.
@SuppressWarnings("ImmutableEnumChecker") // method references hold nothing
enum ServiceProgram {
  VAULT("vault", 8200, VaultServer.class, VaultConfig::from, VaultServer::start),
  ARCHIVIST("archivist", 7675),
  STATE_PARSER("state-parser", 7588),
  BUILD_MANAGER(
      "build-manager", 7577, BuildManager.class, BuildManagerConfig::from, BuildManager::start),
  ATLAS("atlas", 9292, Atlas.class, AtlasConfig::from, Atlas::start),
  SIDEKIQ_WORKER(
      "sidekiq-worker", 7579, SidekiqWorker.class, SidekiqWorkerConfig::from, SidekiqWorker::start),
  BUILD_WORKER("build-worker", 7578);

  private final String wire;
  private final int port;
  private final Optional<Program> program;

  private record Program(Class<?> main, BiFunction<Env, Platform, AutoCloseable> starter) {}

  /// A service that this build does not hold: its address is known, it cannot be started.
  ServiceProgram(String wire, int port) {
    this.wire = wire;
    this.port = port;
    this.program = Optional.empty();
  }

  <C> ServiceProgram(
      String wire,
      int port,
      Class<?> main,
      Function<Env, C> config,
      BiFunction<C, Platform, ? extends AutoCloseable> start) {
    this.wire = wire;
    this.port = port;
    this.program = Optional.of(new Program(main, starting(config, start)));
  }

  String wire() {
    return wire;
  }

  /// The port that the documents give it, taken when it is free.
  int preferredPort() {
    return port;
  }

  boolean isHere() {
    return program.isPresent();
  }

  String mainClass() {
    return program().main().getName();
  }

  /// The prefix of its listening address in the environment.
  String listenKey() {
    return "TERRARIUM_" + name();
  }

  AutoCloseable start(Env env, Platform platform) {
    return program().starter().apply(env, platform);
  }

  private Program program() {
    return program.orElseThrow(() -> new MeshFault(wire + " is not part of this build"));
  }

  private static <C> BiFunction<Env, Platform, AutoCloseable> starting(
      Function<Env, C> config, BiFunction<C, Platform, ? extends AutoCloseable> start) {
    return (env, platform) -> {
      C read = config.apply(env);
      env.check();
      return start.apply(read, platform);
    };
  }
}
