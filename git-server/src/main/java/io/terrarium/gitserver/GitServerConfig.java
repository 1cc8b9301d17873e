package io.terrarium.gitserver;

import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Settings of the lab's Git server.
///
/// @param listen on loopback, always: a push runs terraform's code on this machine
/// @param directory that holds the repositories
/// @param token that everybody must show
/// @param trust for calls of webhooks
/// @param pushBytesMax that one push may bring
public record GitServerConfig(
    HttpAddress listen, Path directory, Secret token, Trust trust, long pushBytesMax) {
  private static final int PORT = 3000;
  private static final int MEGABYTES = 512;
  private static final int MEGABYTES_MAX = 2_000;

  public static GitServerConfig from(Env env) {
    return new GitServerConfig(
        HttpAddress.loopback(env.integer("TERRARIUM_GIT_SERVER_PORT", PORT, 1, 65_535)),
        env.path("TERRARIUM_GIT_SERVER_DIRECTORY").toAbsolutePath(),
        env.secret("TERRARIUM_GIT_SERVER_TOKEN"),
        trust(env),
        env.integer("TERRARIUM_GIT_SERVER_PUSH_MEGABYTES_MAX", MEGABYTES, 1, MEGABYTES_MAX)
            * 1_000_000L);
  }

  private static Trust trust(Env env) {
    String file = env.text("TERRARIUM_GIT_SERVER_CA", "");
    try {
      return file.isEmpty() ? Trust.system() : Trust.with(Files.readString(Path.of(file)));
    } catch (IOException e) {
      env.problem("TERRARIUM_GIT_SERVER_CA names " + file + ", which cannot be read");
      return Trust.system();
    }
  }

  Addresses addresses() {
    return new Addresses(URI.create("http://" + listen.host() + ":" + listen.port()));
  }
}
