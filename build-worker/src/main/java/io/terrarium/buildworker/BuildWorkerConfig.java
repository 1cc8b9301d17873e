package io.terrarium.buildworker;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Settings of a build worker.
///
/// @param router its internal listener, the way to atlas and to archivist
/// @param publicUrl how configurations name this installation
/// @param terraformReleases where missing versions are downloaded, empty for nowhere
/// @param terraformCache where downloaded versions are kept
/// @param slots builds at once
/// @param memoryMegabytes per build, 0 for no limit
/// @param parallelism of terraform's walk, 0 for terraform's own
/// @param surroundings environment that is passed on to terraform
public record BuildWorkerConfig(
    HttpAddress listen,
    String node,
    AmqpConfig broker,
    URI router,
    URI publicUrl,
    Secret internalToken,
    Path workDirectory,
    List<Path> terraformBinaries,
    Optional<URI> terraformReleases,
    Path terraformCache,
    Optional<Path> pluginCache,
    Optional<Path> providerMirror,
    int slots,
    int memoryMegabytes,
    int parallelism,
    Map<String, String> surroundings) {
  private static final int PORT = 7578;

  /// What terraform gets of the worker's own environment.
  private static final Pattern SURROUNDINGS =
      Pattern.compile("PATH|LANG|LC_.*|SSL_CERT_(FILE|DIR)|(?i:(https?|no|all)_proxy)");

  private static final String RELEASES_URL = "TERRARIUM_TERRAFORM_RELEASES_URL";
  private static final URI HASHICORP_RELEASES = URI.create("https://releases.hashicorp.com");

  public static BuildWorkerConfig from(Env env) {
    return new BuildWorkerConfig(
        env.listen("TERRARIUM_BUILD_WORKER", PORT),
        env.text("TERRARIUM_NODE", "node"),
        AmqpConfig.from(env),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.uri("TERRARIUM_PUBLIC_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"),
        env.path("TERRARIUM_WORK_DIRECTORY").toAbsolutePath(),
        paths(env.text("TERRARIUM_TERRAFORM_BINARIES")),
        releases(env),
        env.find("TERRARIUM_TERRAFORM_CACHE")
            .map(Path::of)
            .orElseGet(() -> env.path("TERRARIUM_WORK_DIRECTORY").resolve("terraform"))
            .toAbsolutePath(),
        env.find("TERRARIUM_PLUGIN_CACHE").map(Path::of).map(Path::toAbsolutePath),
        env.find("TERRARIUM_PROVIDER_MIRROR").map(Path::of).map(Path::toAbsolutePath),
        env.integer("TFE_CAPACITY_CONCURRENCY", 10, 1, 1_000),
        env.integer("TFE_CAPACITY_MEMORY", 512, 0, 1_048_576),
        env.integer("TFE_PARALLELISM", 0, 0, 256),
        env.surroundings(SURROUNDINGS));
  }

  private static Optional<URI> releases(Env env) {
    if (!env.flag("TERRARIUM_TERRAFORM_DOWNLOADS", true)) {
      return Optional.empty();
    }
    return Optional.of(
        env.find(RELEASES_URL).isPresent() ? env.uri(RELEASES_URL) : HASHICORP_RELEASES);
  }

  private static List<Path> paths(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .toList();
  }
}
