package io.terrarium.operations.backup;

import io.terrarium.archivist.Archivist;
import io.terrarium.archivist.ArchivistConfig;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.registry.RegistryMigrations;
import io.terrarium.vault.VaultConfig;
import io.terrarium.vault.VaultServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One installation's operations, archivist and vault, on servers and secrets of its own.
final class Installation implements AutoCloseable {
  private final Parts parts = new Parts("installation of a test");
  private final Secret token = new Secret(Tokens.hex(16));
  private final Database database;
  private final Transit vault;
  private final Blobs blobs;
  private final Service vaultServer;
  private final Service operations;

  /// @param directory is made, for its Redis
  Installation(Servers servers, Path directory) {
    DataDirectory data = parts.add(DataDirectory.open(directory));
    EmbeddedRedis redis = parts.add(EmbeddedRedis.start(data));
    Platform platform = servers.platform();
    DatabaseConfig config = servers.freshDatabase();
    database = parts.add(Database.open(config, "test", SnapshotStore.SCHEMA, List.of()));
    database.migrate("db/atlas");
    RegistryMigrations.migrate(config);
    Secret vaultToken = new Secret(Tokens.hex(16));
    vaultServer =
        parts.add(
            VaultServer.start(
                new VaultConfig(
                    HttpAddress.loopback(0), config, new Secret(Tokens.hex(16)), vaultToken),
                platform));
    TransitConfig transit = new TransitConfig(at(vaultServer), vaultToken);
    vault = parts.add(new Transit(transit));
    Secret archivistToken = new Secret(Tokens.hex(16));
    Service archivist =
        parts.add(
            Archivist.start(
                new ArchivistConfig(
                    HttpAddress.loopback(0),
                    List.of(archivistToken),
                    servers.freshBucket(),
                    new RedisConfig(redis.host(), redis.port(), redis.password(), false),
                    transit,
                    servers.atlas(),
                    new Secret("nobody calls back")),
                platform));
    ServiceClient client =
        parts.add(new ServiceClient(at(archivist), Optional.empty(), Duration.ofSeconds(20)));
    blobs =
        new Blobs(
            client,
            client,
            new SignedPaths(List.of(Mac.sha256(archivistToken))),
            Clock.systemUTC());
    operations =
        parts.add(
            Service.start(
                "operations",
                platform,
                HttpAddress.loopback(0),
                opened ->
                    Backups.open(
                            new BackupConfig(token, config, transit, archivistToken, at(archivist)),
                            platform,
                            opened)
                        ::mount));
  }

  private static URI at(Service service) {
    return URI.create("http://127.0.0.1:" + service.port());
  }

  URI operations() {
    return at(operations);
  }

  Secret token() {
    return token;
  }

  Database database() {
    return database;
  }

  Transit vault() {
    return vault;
  }

  Blobs blobs() {
    return blobs;
  }

  void stopVault() {
    vaultServer.close();
  }

  @Override
  public void close() {
    parts.close();
  }
}
