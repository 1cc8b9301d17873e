package io.terrarium.mesh;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.testsupport.installed.Certificates;
import io.terrarium.testsupport.installed.InstalledPostgres;
import io.terrarium.testsupport.installed.InstalledRedis;
import io.terrarium.testsupport.installed.TlsFront;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// PostgreSQL, Redis, RabbitMQ and S3 as an installation has them of its own: with TLS by an
/// authority that nobody knows, and passwords.
final class OwnServers implements AutoCloseable {
  static final String HOW_TO_HAVE_THEM =
      "no PostgreSQL and Redis are installed: apt-get install postgresql redis-server";

  private static final String BUCKET = "their-bucket";

  private final Parts parts = new Parts("own servers");
  private final Certificates certificates;
  private final InstalledPostgres postgres;
  private final InstalledRedis redis;
  private final EmbeddedBroker broker;
  private final TlsFront brokerFront;
  private final EmbeddedS3 objects;
  private final TlsFront objectsFront;

  OwnServers(Path directory) {
    certificates = Certificates.in(directory);
    postgres = parts.add(InstalledPostgres.start(certificates));
    redis = parts.add(InstalledRedis.start(directory, certificates));
    DataDirectory data = parts.add(DataDirectory.open(directory.resolve("their-data")));
    broker = parts.add(EmbeddedBroker.start(data));
    brokerFront = parts.add(TlsFront.start(certificates, broker.port()));
    objects = parts.add(EmbeddedS3.start(data));
    objectsFront = parts.add(TlsFront.start(certificates, objects.port()));
    makeBucket();
  }

  static boolean areInstalled() {
    return InstalledPostgres.programs().isPresent() && InstalledRedis.isInstalled();
  }

  private void makeBucket() {
    ObjectStoreConfig direct =
        new ObjectStoreConfig(
            URI.create("http://127.0.0.1:" + objects.port()),
            BUCKET,
            EmbeddedS3.REGION,
            objects.accessKey(),
            objects.secretKey(),
            true);
    try (ObjectStore store = ObjectStore.open(direct, 1)) {
      store.ensureBucket();
    }
  }

  /// What `ptfe-settings.json` says of PostgreSQL and S3, by key.
  Map<String, String> external() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("hostname", "tfe.example.com");
    settings.put("installation_type", "production");
    settings.put("production_type", "external");
    settings.put("pg_netloc", postgres.host());
    settings.put("pg_dbname", InstalledPostgres.DATABASE);
    settings.put("pg_user", InstalledPostgres.USER);
    settings.put("pg_password", InstalledPostgres.PASSWORD);
    settings.put("pg_extra_params", "sslmode=verify-full");
    settings.put("placement", "placement_s3");
    settings.put("s3_endpoint", "https://127.0.0.1:" + objectsFront.port());
    settings.put("s3_bucket", BUCKET);
    settings.put("aws_access_key_id", objects.accessKey());
    settings.put("aws_secret_access_key", objects.secretKey().value());
    settings.put("ca_certs", read(certificates.authority()));
    return settings;
  }

  /// The same with Redis and what nodes have in common.
  Map<String, String> activeActive() {
    Map<String, String> settings = external();
    settings.put("enable_active_active", "1");
    settings.put("redis_host", "127.0.0.1");
    settings.put("redis_port", Integer.toString(redis.port()));
    settings.put("redis_use_password_auth", "1");
    settings.put("redis_pass", InstalledRedis.PASSWORD);
    settings.put("redis_use_tls", "1");
    settings.put("install_id", "my-random-id");
    settings.put("enc_password", "767fee4e6046de48943df2decc55f3cd");
    settings.put("root_secret", "c459ff2cd1346ef4c6da4b950ac59423");
    settings.put("user_token", "6c403112981d0ae2ce6b4b2c7a1b1997");
    settings.put("archivist_token", "8019fe7227d1de1029ad7c1bf6f9e676");
    settings.put("cookie_hash", "c8b3227dbb93d73a0cbaa294172aba80");
    settings.put("internal_api_token", "da25f5700fc28639334040c3418939db");
    settings.put("registry_session_encryption_key", "4d579751597b3bdf6dd7b3eaab3067f5");
    settings.put("registry_session_secret_key", "6c1c4d73cc0a6cccbbb61284b0c32b35");
    return settings;
  }

  /// How nodes reach RabbitMQ, by variable.
  Map<String, String> broker() {
    return Map.of(
        "TERRARIUM_RABBITMQ_HOST",
        "127.0.0.1",
        "TERRARIUM_RABBITMQ_PORT",
        Integer.toString(brokerFront.port()),
        "TERRARIUM_RABBITMQ_USER",
        broker.username(),
        "TERRARIUM_RABBITMQ_PASSWORD",
        broker.password().value(),
        "TERRARIUM_RABBITMQ_TLS",
        "1");
  }

  /// `ptfe-settings.json` with these; its path.
  static String file(Path directory, Map<String, String> settings) {
    Map<String, Map<String, String>> document = new LinkedHashMap<>();
    settings.forEach((key, value) -> document.put(key, Map.of("value", value)));
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("ptfe-settings.json");
      Json.SNAKE.writeValue(file.toFile(), document);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
