package io.terrarium.archivist;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.vault.Transit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one door to blob storage: signed URLs, encryption, streaming, live logs.
public final class Archivist implements AutoCloseable {
  static final String NAME = "archivist";

  private static final Logger log = LoggerFactory.getLogger(Archivist.class);
  private static final Duration REDIS_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(20);

  /// Each upload holds one part of 8 MB.
  private static final int UPLOADS_MAX = 8;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ObjectStore store;
  private final Redis redis;
  private final HttpService http;

  private Archivist(ArchivistConfig config, Platform platform) {
    try {
      store = part(ObjectStore.open(config.store(), UPLOADS_MAX));
      store.ensureBucket();
      redis = part(Redis.open(config.redis(), NAME, REDIS_WAIT_MAX));
      DataKeys keys = new DataKeys(part(new Transit(config.vault())));
      SealedStore sealed = new SealedStore(store, keys);
      ServiceClient atlas =
          part(
              new ServiceClient(
                  config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT));
      ObjectsApi objects =
          new ObjectsApi(
              new SignedPaths(config.tokens().stream().map(Mac::sha256).toList()),
              sealed,
              new Logs(new LogTail(redis, keys), sealed),
              part(new Callbacks(atlas)),
              part(new HopReporter(NAME, config.router(), config.internalToken())),
              platform.clock());
      http =
          part(
              HttpService.start(
                  platform.vertx(),
                  NAME,
                  config.listen(),
                  api -> {
                    api.get("/_health", _ -> health());
                    objects.mount(api);
                  }));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public static Archivist start(ArchivistConfig config, Platform platform) {
    return new Archivist(config, platform);
  }

  static void main(String[] args) {
    Program.serve(ArchivistConfig::from, Archivist::start);
  }

  public int port() {
    return http.port();
  }

  private Reply health() {
    store.check();
    redis.check();
    return Reply.json(200, Map.of("status", "up"));
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
        log.atWarn().setCause(e).log("a part of archivist did not close cleanly");
      }
    }
  }
}
