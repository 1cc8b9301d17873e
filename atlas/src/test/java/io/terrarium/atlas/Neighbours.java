package io.terrarium.atlas;

import io.terrarium.archivist.Archivist;
import io.terrarium.archivist.ArchivistConfig;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.outboundproxy.OutboundProxy;
import io.terrarium.outboundproxy.OutboundProxyConfig;
import io.terrarium.vault.VaultConfig;
import io.terrarium.vault.VaultServer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// The vault and the archivist of one atlas. They are the real ones, and make ids of their own, so
/// that atlas's count without gaps.
final class Neighbours implements AutoCloseable {
  static final Secret ARCHIVIST_TOKEN = new Secret("archivist token of the test");
  static final Secret INTERNAL_TOKEN = new Secret("internal token of the test");
  static final Secret VAULT_TOKEN = new Secret("vault token of the test");

  private final Platform platform;
  private final Service vault;
  private final Service archivist;
  private final OutboundProxy outboundProxy;

  /// @param atlas where archivist tells of stored objects
  Neighbours(Clock clock, URI atlas) {
    BackingServices services = BackingServices.running();
    EmbeddedS3 store = services.objectStore();
    platform = Platform.start(clock, Ids.random());
    vault =
        VaultServer.start(
            new VaultConfig(
                HttpAddress.loopback(0),
                services.freshDatabase(),
                new Secret("encryption password of the test"),
                VAULT_TOKEN),
            platform);
    archivist =
        Archivist.start(
            new ArchivistConfig(
                HttpAddress.loopback(0),
                List.of(ARCHIVIST_TOKEN),
                new ObjectStoreConfig(
                    store.endpoint(),
                    "atlas-test",
                    EmbeddedS3.REGION,
                    store.accessKey(),
                    store.secretKey(),
                    true),
                services.redis(),
                new TransitConfig(vault(), VAULT_TOKEN),
                atlas,
                INTERNAL_TOKEN),
            platform);
    outboundProxy =
        OutboundProxy.start(
            OutboundProxyConfig.from(
                Env.of(
                    Map.of(
                        "TERRARIUM_OUTBOUND_PROXY_PORT",
                        "0",
                        "TERRARIUM_OUTBOUND_ALLOW",
                        "127.0.0.1/32",
                        "TERRARIUM_ROUTER_INTERNAL_URL",
                        atlas.toString(),
                        "TERRARIUM_INTERNAL_API_TOKEN",
                        INTERNAL_TOKEN.value()))),
            platform);
  }

  /// The way to receivers of the test, which are at this address alone.
  URI outboundProxy() {
    return URI.create("http://127.0.0.1:" + outboundProxy.port());
  }

  URI vault() {
    return URI.create("http://127.0.0.1:" + vault.port());
  }

  URI archivist() {
    return URI.create("http://127.0.0.1:" + archivist.port());
  }

  @Override
  public void close() {
    outboundProxy.close();
    archivist.close();
    vault.close();
    platform.close();
  }
}
