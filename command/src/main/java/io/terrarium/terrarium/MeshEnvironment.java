package io.terrarium.terrarium;

import io.terrarium.embedded.BrokerPlace;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.embedded.EmbeddedRouter;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.embedded.EmbeddedServices;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.embedded.S3Place;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.settings.Env;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What each service reads from its environment: the one place where settings, generated secrets
/// and the addresses of the local services meet.
final class MeshEnvironment {
  /// Names whose values are secrets; separate processes get them as files.
  static final Set<String> SECRETS =
      Set.of(
          "TFE_DATABASE_PASSWORD",
          "TFE_REDIS_PASSWORD",
          "TERRARIUM_RABBITMQ_PASSWORD",
          "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY",
          "TERRARIUM_INTERNAL_API_TOKEN",
          "TERRARIUM_ARCHIVIST_TOKEN",
          "TERRARIUM_VAULT_TOKEN",
          "TERRARIUM_ROOT_SECRET",
          "TERRARIUM_COOKIE_HASH",
          "TERRARIUM_REGISTRY_SESSION_ENCRYPTION_KEY",
          "TERRARIUM_REGISTRY_SESSION_SECRET_KEY",
          "TFE_ENCRYPTION_PASSWORD",
          GitAccess.TOKEN,
          LabControl.TOKEN,
          "TFE_VAULT_SECRET_ID",
          "TFE_IACT_TOKEN",
          BackupToken.VARIABLE,
          // No secret, but too long for an environment.
          "TFE_TLS_CA_BUNDLE");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final DataDirectory data;

  MeshEnvironment(DataDirectory data) {
    this.data = data;
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }

  /// Settings win over what is generated.
  MeshEnvironment settings(Map<String, String> settings) {
    values.putAll(settings);
    return this;
  }

  /// After the local servers, or the settings that stand for them: the database knows which
  /// password is in force where a change of it was cut short.
  MeshEnvironment secrets() {
    KeptPassword.settle(data, () -> DatabaseConfig.from(Env.of(values), 2));
    secret("TERRARIUM_INTERNAL_API_TOKEN", "internal_api_token");
    secret("TERRARIUM_ARCHIVIST_TOKEN", "archivist_token");
    secret("TERRARIUM_VAULT_TOKEN", "vault_token");
    secret("TERRARIUM_ROOT_SECRET", "root_secret");
    secret("TFE_ENCRYPTION_PASSWORD", "enc_password");
    secret("TFE_IACT_TOKEN", "user_token");
    secret(BackupToken.VARIABLE, "backup_token");
    return this;
  }

  /// Of the servers that the settings name, nothing is here.
  MeshEnvironment local(EmbeddedServices local) {
    local.postgres().ifPresent(this::local);
    local.redis().ifPresent(this::local);
    local.broker().ifPresent(this::local);
    local.s3().ifPresent(this::local);
    return this;
  }

  private void local(EmbeddedPostgres postgres) {
    values.put("TFE_DATABASE_HOST", postgres.host() + ":" + postgres.port());
    values.put("TFE_DATABASE_NAME", postgres.database());
    values.put("TFE_DATABASE_USER", postgres.username());
    put("TFE_DATABASE_PASSWORD", postgres.password());
  }

  private void local(EmbeddedRedis redis) {
    values.put("TFE_REDIS_HOST", redis.host() + ":" + redis.port());
    put("TFE_REDIS_PASSWORD", redis.password());
    // Switches of the settings that are off are about a server of one's own.
    values.put("TFE_REDIS_USE_AUTH", "1");
    values.put("TFE_REDIS_USE_TLS", "0");
  }

  private void local(BrokerPlace broker) {
    values.put("TERRARIUM_RABBITMQ_HOST", broker.host());
    values.put("TERRARIUM_RABBITMQ_PORT", Integer.toString(broker.port()));
    values.put("TERRARIUM_RABBITMQ_USER", broker.username());
    put("TERRARIUM_RABBITMQ_PASSWORD", broker.password());
    values.put("TERRARIUM_RABBITMQ_VHOST", EmbeddedBroker.VIRTUAL_HOST);
    values.put("TERRARIUM_BROKER_DIRECTORY", broker.directory().toString());
  }

  private void local(S3Place s3) {
    values.put("TFE_OBJECT_STORAGE_S3_ENDPOINT", s3.endpoint().toString());
    values.put("TFE_OBJECT_STORAGE_S3_BUCKET", "terrarium");
    values.put("TFE_OBJECT_STORAGE_S3_REGION", EmbeddedS3.REGION);
    values.put("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", s3.accessKey().value());
    put("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", s3.secretKey());
    values.put("TERRARIUM_S3_DIRECTORY", s3.directory().toString());
  }

  MeshEnvironment addresses(EmbeddedRouter router) {
    for (ServiceProgram service : ServiceProgram.OF_THE_MESH) {
      int port = data.port(service.wire(), service.preferredPort());
      values.put(service.listenKey() + "_PORT", Integer.toString(port));
      values.put(service.listenKey() + "_URL", "http://127.0.0.1:" + port);
    }
    values.put("TERRARIUM_ROUTER_INTERNAL_URL", router.internalUri().toString());
    values.put("TERRARIUM_PUBLIC_URL", "https://127.0.0.1:" + router.httpsPort());
    values.computeIfAbsent("TERRARIUM_NODE", _ -> Node.name(data));
    values.put("TERRARIUM_NODE_BOOT", Ids.random().next("boot-"));
    return this;
  }

  /// What the router shows, for the other listener that speaks TLS.
  MeshEnvironment certificates(LocalCertificates certificates) {
    values.put("TFE_TLS_CERT_FILE", certificates.server().toString());
    values.put("TFE_TLS_KEY_FILE", certificates.serverKey().toString());
    return this;
  }

  MeshEnvironment runs(MeshOptions options, String terraformVersion) {
    values.put(
        "TERRARIUM_TERRAFORM_BINARIES",
        options.terraformBinaries().stream().map(Path::toString).collect(Collectors.joining(",")));
    values.put("TERRARIUM_DEFAULT_TERRAFORM_VERSION", terraformVersion);
    values.put("TERRARIUM_WORK_DIRECTORY", data.directory("runs").toString());
    values.put("TERRARIUM_SLUG_INGRESS_DIRECTORY", data.directory("ingress").toString());
    values.put("TERRARIUM_TERRAFORM_CACHE", data.directory("terraform").toString());
    values.put("TERRARIUM_PLUGIN_CACHE", data.directory("plugins").toString());
    values.put("TERRARIUM_OUTBOUND_ALLOW", options.outboundAllow());
    options
        .providerMirror()
        .ifPresent(mirror -> values.put("TERRARIUM_PROVIDER_MIRROR", mirror.toString()));
    return this;
  }

  /// After the runs, whose settings say what the proxy lets through: this one server besides, and
  /// nothing else of this machine.
  MeshEnvironment git(Optional<MeshOptions.Git> git, LocalCertificates certificates) {
    git.ifPresent(server -> {
      int port = data.askedPort(ServiceProgram.GIT_SERVER.wire(), server.port(), "--git-port");
      values.put("TERRARIUM_GIT_SERVER_PORT", Integer.toString(port));
      values.put("TERRARIUM_GIT_SERVER_URL", "http://127.0.0.1:" + port);
      values.put("TERRARIUM_GIT_SERVER_DIRECTORY", server.directory().toString());
      values.put("TERRARIUM_GIT_SERVER_CA", certificates.authority().toString());
      secret(GitAccess.TOKEN, "git_token");
      values.merge(
          "TERRARIUM_OUTBOUND_ALLOW",
          "127.0.0.1:" + port,
          (allowed, ours) -> allowed.isBlank() ? ours : allowed + "," + ours);
    });
    return this;
  }

  /// Where atlas finds what can break the mesh, in a lab.
  MeshEnvironment lab(boolean isWanted) {
    if (isWanted) {
      int port = data.port(LabControl.NAME, LabControl.PREFERRED_PORT);
      values.put(LabControl.URL, "http://127.0.0.1:" + port);
      secret(LabControl.TOKEN, "lab_token");
    }
    return this;
  }

  private void secret(String name, String key) {
    values.computeIfAbsent(name, _ -> data.secret(key).value());
  }

  private void put(String name, Secret secret) {
    values.put(name, secret.value());
  }
}
