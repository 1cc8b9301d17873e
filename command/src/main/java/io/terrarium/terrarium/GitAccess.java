package io.terrarium.terrarium;

import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What lets people into the lab's Git server: a file in the data directory, as Git's own
/// credential store has it, readable by its owner alone. Git reads the token there, so that it
/// stands on no command line.
final class GitAccess {
  static final String TOKEN = "TERRARIUM_GIT_SERVER_TOKEN";

  private static final String FILE = "git-credentials";
  private static final String USER = "lab";

  private GitAccess() {}

  /// Nothing where there is no Git server.
  static void keep(Path data, Map<String, String> environment) {
    String token = environment.get(TOKEN);
    if (token != null) {
      String address = environment.getOrDefault("TERRARIUM_GIT_SERVER_URL", "");
      PrivateFile.write(
          file(data), address.replace("://", "://" + USER + ":" + token + "@") + "\n");
    }
  }

  static Path file(Path data) {
    return data.resolve(FILE);
  }

  /// The token of the server of the mesh on `data`.
  static String token(Path data) {
    try {
      String pair = URI.create(Files.readString(file(data)).strip()).getUserInfo();
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IOException e) {
      throw new MeshFault(
          "no mesh with a Git server has run on "
              + data
              + "; start one with up --git, or see --data",
          e);
    }
  }
}
