package io.terrarium.mesh;

import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.net.HostPort;
import io.terrarium.testservers.ServersWithTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// PostgreSQL, Redis, RabbitMQ and S3 as an installation has them of its own, and what its settings
/// say of them.
final class OwnServers implements AutoCloseable {
  private final ServersWithTls servers;
  private final Map<String, String> postgres;
  private final Map<String, String> redis;
  private final Map<String, String> objects;
  private final Map<String, String> broker;

  OwnServers(Path directory) {
    servers = new ServersWithTls(directory);
    postgres = servers.postgres();
    redis = servers.redis("");
    objects = servers.objectStore();
    broker = servers.broker();
  }

  /// What `ptfe-settings.json` says of PostgreSQL and S3, by key.
  Map<String, String> external() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("hostname", "tfe.example.com");
    settings.put("installation_type", "production");
    settings.put("production_type", "external");
    settings.put("pg_netloc", of(postgres, "TFE_DATABASE_HOST"));
    settings.put("pg_dbname", of(postgres, "TFE_DATABASE_NAME"));
    settings.put("pg_user", of(postgres, "TFE_DATABASE_USER"));
    settings.put("pg_password", of(postgres, "TFE_DATABASE_PASSWORD"));
    settings.put("pg_extra_params", of(postgres, "TFE_DATABASE_PARAMETERS"));
    settings.put("placement", "placement_s3");
    settings.put("s3_endpoint", of(objects, "TFE_OBJECT_STORAGE_S3_ENDPOINT"));
    settings.put("s3_bucket", of(objects, "TFE_OBJECT_STORAGE_S3_BUCKET"));
    settings.put("aws_access_key_id", of(objects, "TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID"));
    settings.put("aws_secret_access_key", of(objects, "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY"));
    settings.put("ca_certs", read(servers.authority()));
    return settings;
  }

  /// The same with Redis and what nodes have in common.
  Map<String, String> activeActive() {
    Map<String, String> settings = external();
    settings.put("enable_active_active", "1");
    HostPort server = HostPort.parse(of(redis, "TFE_REDIS_HOST"), 6379).orElseThrow();
    settings.put("redis_host", server.host());
    settings.put("redis_port", Integer.toString(server.port()));
    settings.put("redis_use_password_auth", "1");
    settings.put("redis_pass", of(redis, "TFE_REDIS_PASSWORD"));
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

  /// How nodes reach RabbitMQ, by variable; the authority is in the settings.
  Map<String, String> broker() {
    Map<String, String> variables = new HashMap<>(broker);
    variables.remove("TFE_TLS_CA_BUNDLE_FILE");
    return variables;
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

  private static String of(Map<String, String> server, String variable) {
    return Objects.requireNonNull(server.get(variable), variable);
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
    servers.close();
  }
}
