package io.terrarium.terrarium;

import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The `terraform.rc` in the data directory, which `TF_CLI_CONFIG_FILE` may name. A person writes
/// the token into it, so it is the owner's alone, and is never written over.
final class CliConfiguration {
  private static final String PLACEHOLDER = "<token>";

  private CliConfiguration() {}

  /// Where it is; made when it is not there, or nobody has put a token in yet.
  ///
  /// @param token that is known already
  static Path ensure(Mesh mesh, Optional<String> token) {
    Path file = mesh.dataDirectory().resolve("terraform.rc");
    try {
      if (Files.exists(file) && !Files.readString(file).contains(PLACEHOLDER)) {
        return file;
      }
      write(file, mesh, token.orElse(PLACEHOLDER));
      return file;
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /// Writes `file` with a token.
  static void write(Path file, Mesh mesh, String token) {
    PrivateFile.write(
        file,
        "credentials \"%s\" {\n  token = \"%s\"\n}\n"
            .formatted(mesh.publicUrl().getRawAuthority(), token));
  }
}
