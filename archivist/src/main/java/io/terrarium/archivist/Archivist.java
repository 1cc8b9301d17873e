package io.terrarium.archivist;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.runtime.Topics;
import io.terrarium.kernel.vault.Transit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The one door to blob storage: signed URLs, encryption, streaming, live logs.
public final class Archivist {
  static final String NAME = "archivist";

  private static final Duration REDIS_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(20);

  /// Each upload holds one part of 8 MB.
  private static final int UPLOADS_MAX = 8;

  private Archivist() {}

  public static Service start(ArchivistConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(FlowLog.filter()),
        parts -> routes(config, platform, parts));
  }

  static void main(String[] args) {
    Program.serve(NAME, ArchivistConfig::from, Archivist::start);
  }

  private static Consumer<Api> routes(ArchivistConfig config, Platform platform, Parts parts) {
    ObjectStore store = parts.add(ObjectStore.open(config.store(), UPLOADS_MAX));
    store.ensureBucket();
    Redis redis = parts.add(Redis.open(config.redis(), NAME, REDIS_WAIT_MAX));
    Transit vault = parts.add(new Transit(config.vault()));
    DataKeys keys = new DataKeys(vault);
    SealedStore sealed = new SealedStore(store, keys, platform.ids());
    ServiceClient atlas =
        parts.add(
            new ServiceClient(config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT));
    Topics growth = new Topics();
    // What other archivists append is heard of as what this one appends.
    parts.add(redis.subscribe(LogTail.GROWN, growth));
    ObjectsApi objects =
        new ObjectsApi(
            new SignedPaths(config.tokens().stream().map(Mac::sha256).toList()),
            sealed,
            new Logs(new LogTail(redis, keys), sealed),
            growth,
            parts.add(new Callbacks(atlas)),
            parts.add(new HopReporter(NAME, config.router(), config.internalToken())),
            platform.clock());
    Health health =
        new Health()
            .with("object-store", store::check)
            .with("redis", redis::check)
            .with("vault", vault::check);
    return api -> {
      health.mount(api);
      objects.mount(api);
    };
  }
}
