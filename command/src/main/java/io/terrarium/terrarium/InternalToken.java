package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The token of the internal routes, where commands beside the running mesh find it: a file that
/// its owner alone may read. It may have come from the settings, so it is written at each start.
final class InternalToken {
  private static final String KEY = "TERRARIUM_INTERNAL_API_TOKEN";

  private InternalToken() {}

  static void write(DataDirectory data, Map<String, String> environment) {
    data.directory("secrets");
    PrivateFile.write(file(data.root()), environment.getOrDefault(KEY, ""));
  }

  static String read(Path data) {
    try {
      return Files.readString(file(data)).strip();
    } catch (IOException e) {
      throw new MeshFault(
          file(data) + " cannot be read; run this command as the user who started the mesh", e);
    }
  }

  /// As separate services read it, too.
  private static Path file(Path data) {
    return data.resolve("secrets").resolve("terrarium_internal_api_token");
  }
}
