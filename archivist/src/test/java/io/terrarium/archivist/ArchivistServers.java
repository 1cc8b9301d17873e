package io.terrarium.archivist;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.vault.VaultConfig;
import io.terrarium.vault.VaultServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The real servers that archivist works with: Redis, S3, and vault on a PostgreSQL.
final class ArchivistServers implements AutoCloseable {
  private static final String BUCKET = "blobs";
  private static final Secret VAULT_TOKEN = new Secret("vault token");

  private final Parts parts = new Parts("servers of a test");
  private final EmbeddedRedis redis;
  private final EmbeddedS3 s3;
  private final Platform platform;
  private final Service vault;

  /// @param directory is made, and keeps all that they hold
  ArchivistServers(Path directory) {
    DataDirectory data = parts.add(DataDirectory.open(directory));
    EmbeddedPostgres postgres = parts.add(EmbeddedPostgres.start(data));
    redis = parts.add(EmbeddedRedis.start(data));
    s3 = parts.add(EmbeddedS3.start(data));
    platform = parts.add(Platform.start());
    vault =
        parts.add(
            VaultServer.start(
                new VaultConfig(
                    HttpAddress.loopback(0),
                    new DatabaseConfig(
                        postgres.jdbcUrl(), postgres.username(), postgres.password(), 2),
                    new Secret("password"),
                    VAULT_TOKEN),
                platform));
  }

  Platform platform() {
    return platform;
  }

  RedisConfig redis() {
    return new RedisConfig(redis.host(), redis.port(), redis.password(), false);
  }

  TransitConfig transit() {
    return new TransitConfig(vaultAddress(), VAULT_TOKEN);
  }

  ObjectStoreConfig objects() {
    return objectsAt(s3.endpoint());
  }

  /// As if the store were elsewhere.
  ObjectStoreConfig objectsAt(URI endpoint) {
    return new ObjectStoreConfig(
        endpoint, BUCKET, EmbeddedS3.REGION, s3.accessKey(), s3.secretKey(), true);
  }

  /// The same as variables, for a process of its own.
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("TERRARIUM_VAULT_URL", vaultAddress().toString());
    variables.put("TERRARIUM_VAULT_TOKEN", VAULT_TOKEN.value());
    variables.put("TFE_REDIS_HOST", redis.host() + ":" + redis.port());
    variables.put("TFE_REDIS_PASSWORD", redis.password().value());
    variables.put("TFE_OBJECT_STORAGE_S3_ENDPOINT", s3.endpoint().toString());
    variables.put("TFE_OBJECT_STORAGE_S3_BUCKET", BUCKET);
    variables.put("TFE_OBJECT_STORAGE_S3_REGION", EmbeddedS3.REGION);
    variables.put("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", s3.accessKey());
    variables.put("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", s3.secretKey().value());
    return variables;
  }

  private URI vaultAddress() {
    return URI.create("http://127.0.0.1:" + vault.port());
  }

  @Override
  public void close() {
    parts.close();
  }
}
