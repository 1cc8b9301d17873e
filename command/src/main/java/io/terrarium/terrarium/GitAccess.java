package io.terrarium.terrarium;

import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What lets people into the lab's Git server: a file in the data directory, as Git's own
/// credential store has it, readable by its owner alone. Git reads the token there, so that it
/// stands on no command line.
final class GitAccess {
  static final String TOKEN = "TERRARIUM_GIT_SERVER_TOKEN";

  private static final String FILE = "git-credentials";
  private static final String USER = "lab";
  private static final Pattern LINE = Pattern.compile("http://" + USER + ":(?<token>[^@]+)@.*");

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

  /// The token of the server of the mesh on `data`. Git writes the file anew where it has used it,
  /// and the address otherwise than we do (`%3a` for a colon).
  static String token(Path data) {
    try {
      return Files.readAllLines(file(data)).stream()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(line -> line.group("token"))
          .findFirst()
          .orElseThrow(
              () -> new MeshFault(file(data) + " holds no token; the next up --git writes it"));
    } catch (IOException e) {
      throw new MeshFault(
          "no mesh with a Git server has run on "
              + data
              + "; start one with up --git, or see --data",
          e);
    }
  }
}
