package io.terrarium.terrarium.compose;

import io.terrarium.contracts.route.NginxBalancer;
import io.terrarium.contracts.route.NginxSettings;
import io.terrarium.contracts.route.Routes;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.settings.Env;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes, before anything else starts, what the containers need to know of each other: secrets,
/// the authority and its certificate, the settings of the servers. Each reader has a volume of its
/// own, so none sees what it does not need. What is there stays, so it may run at every start; each
/// file comes to its place in one step, so it may also die.
public final class ComposeInit {
  private static final String USER = "terrarium";

  private final Places places;
  private final DataDirectory kept;

  private ComposeInit(Places places, DataDirectory kept) {
    this.places = places;
    this.kept = kept;
  }

  /// @param kept what nobody else reads: all secrets, the key of the authority
  /// @param shown the directory of the readers' volumes
  /// @param names of the site beyond localhost
  /// @param edge the first three numbers of the subnet of balancer and routers, where there is one
  record Places(Path kept, Path shown, List<String> names, Optional<String> edge) {
    static Places from(Env env) {
      return new Places(
          env.path("TERRARIUM_INIT_KEPT"),
          env.path("TERRARIUM_INIT_SHOWN"),
          Arrays.stream(env.text("TERRARIUM_NAMES", "").split(",", -1))
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .toList(),
          env.find("TERRARIUM_EDGE"));
    }
  }

  static void main(String[] args) {
    Program.once("init", Places::from, ComposeInit::write);
  }

  static void write(Places places) {
    try (DataDirectory kept = DataDirectory.open(places.kept())) {
      new ComposeInit(places, kept).write();
    }
  }

  private void write() {
    for (String name :
        List.of(
            "archivist_token",
            "database_password",
            "enc_password",
            "internal_api_token",
            "rabbitmq_password",
            "redis_password",
            "root_secret",
            "s3_secret_key",
            "user_token",
            "vault_token")) {
      put("services/" + name, secret(name));
    }
    // Drawn anew at each start of the whole node, which so comes back from a drain.
    put("services/node_boot", Ids.random().next("boot-"));
    for (String name : List.of("internal_api_token", "rabbitmq_password")) {
      put("builds/" + name, secret(name));
    }
    put("operations/backup_token", secret("backup_token"));
    put("postgres/password", secret("database_password"));
    put(
        "redis/redis.conf",
        "requirepass " + secret("redis_password") + "\nappendonly yes\ndir /data\n");
    put(
        "rabbitmq/10-terrarium.conf",
        """
        default_user = %s
        default_pass = %s
        default_vhost = default
        log.console = true
        # 48 hours in milliseconds, twice what an apply may take: a command is acknowledged at its end.
        consumer_timeout = 172800000
        """
            .formatted(USER, secret("rabbitmq_password")));
    put("s3/access_key", USER);
    put("s3/secret_key", secret("s3_secret_key"));
    router();
  }

  private void router() {
    LocalCertificates certificates =
        LocalCertificates.ensure(kept, places.names(), Clock.systemUTC());
    copy(certificates.server(), "router/server.pem");
    copy(certificates.serverKey(), "router/server-key.pem");
    copy(certificates.authority(), "router/ca.pem");
    put(
        "router/nginx.conf",
        NginxSettings.of(
            Map.of(
                Routes.ATLAS, "atlas:9292",
                Routes.ARCHIVIST, "archivist:7675",
                Routes.OPERATIONS, "operations:23005",
                Routes.REGISTRY_API, "registry-api:3121"),
            new NginxSettings.Listeners(
                8443,
                8080,
                8081,
                "/etc/terrarium",
                "127.0.0.11",
                places.edge().map(edge -> edge + ".0/28"))));
    if (places.edge().isPresent()) {
      put("router/balancer.conf", balancer(places.edge().get()));
    }
  }

  /// The routers have fixed addresses there (`compose/active-active.yaml`).
  private static String balancer(String edge) {
    return NginxBalancer.of(
        List.of(edge + ".4:8080", edge + ".5:8080"), 8443, 8080, "/etc/terrarium");
  }

  private String secret(String name) {
    return kept.secret(name).value();
  }

  private void copy(Path from, String name) {
    try {
      put(name, Files.readString(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The readers are of several users, but no container has another's volume.
  private void put(String name, String text) {
    Path file = places.shown().resolve(name);
    Path half = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(half, text);
      Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("r--r--r--"));
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }
}
