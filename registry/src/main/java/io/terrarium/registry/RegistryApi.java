package io.terrarium.registry;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.registry.access.Downloads;
import io.terrarium.registry.access.ProtocolErrors;
import io.terrarium.registry.access.Readers;
import io.terrarium.registry.module.ModulesApi;
import io.terrarium.registry.module.OffersApi;
import io.terrarium.registry.provider.ProviderOffersApi;
import io.terrarium.registry.provider.ProvidersApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Serves Terraform's registry protocols, and takes from atlas what there is to serve.
public final class RegistryApi {
  private static final String NAME = "registry-api";
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(10);

  /// Whoever offers a version does not wait for a worker that hangs.
  private static final Duration WORKER_TIMEOUT = Duration.ofSeconds(3);

  /// An offer holds a key or two, which are some kilobytes long.
  private static final long OFFER_BYTES_MAX = 1L << 20;

  private RegistryApi() {}

  public static Service start(RegistryApiConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(FlowLog.filter()),
        parts -> {
          Database database =
              parts.add(
                  Database.open(config.database(), NAME, RegistryMigrations.SCHEMA, List.of()));
          database.validate(RegistryMigrations.LOCATION);
          Optional<Secret> token = Optional.of(config.internalToken());
          ServiceClient atlas = parts.add(new ServiceClient(config.router(), token, ATLAS_TIMEOUT));
          ServiceClient worker =
              parts.add(new ServiceClient(config.worker(), token, WORKER_TIMEOUT));
          HopReporter hops =
              parts.add(new HopReporter(NAME, config.router(), config.internalToken()));
          Downloads downloads =
              new Downloads(
                  new SignedPaths(List.of(Mac.sha256(config.archivistToken()))), platform.clock());
          Readers readers = new Readers(atlas, platform.clock());
          return api -> {
            new Health().with("database", database::check).mount(api);
            Api internal =
                api.bodyUpTo(OFFER_BYTES_MAX).behind(BearerToken.required(config.internalToken()));
            new OffersApi(database, worker, hops, platform.clock(), NAME).mount(internal);
            new ProviderOffersApi(database).mount(internal);
            Api open = api.behind(ProtocolErrors.filter());
            Api known = open.behind(readers.of("namespace"));
            new ModulesApi(database, downloads).mount(known);
            new ProvidersApi(database, downloads).mount(known);
            open.otherwise(
                "/api/registry/*",
                _ -> {
                  throw new Fault.NotFound();
                });
          };
        });
  }

  static void main(String[] args) {
    Program.serve(NAME, RegistryApiConfig::from, RegistryApi::start);
  }
}
