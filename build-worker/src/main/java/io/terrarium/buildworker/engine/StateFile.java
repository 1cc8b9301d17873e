package io.terrarium.buildworker.engine;

import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state as terraform writes it into its working directory.
final class StateFile {
  private final Path path;
  private byte @Nullable [] seen;

  StateFile(Path working, String workspaceName) {
    path =
        workspaceName.equals("default")
            ? working.resolve("terraform.tfstate")
            : working
                .resolve("terraform.tfstate.d")
                .resolve(workspaceName)
                .resolve("terraform.tfstate");
  }

  Path path() {
    return path;
  }

  void makeDirectory() throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  /// Remembers what is there now as known.
  void remember() throws IOException {
    seen = Files.exists(path) ? Files.readAllBytes(path) : null;
  }

  /// The state, if it is whole and differs from the last one that was asked for.
  Optional<byte[]> news() throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    byte[] content = Files.readAllBytes(path);
    if (Arrays.equals(content, seen) || !isWhole(content)) {
      return Optional.empty();
    }
    seen = content;
    return Optional.of(content);
  }

  /// Terraform writes in place, so a reader may meet half of it.
  private static boolean isWhole(byte[] content) {
    try {
      return Json.SNAKE.readTree(content).path("lineage").isTextual();
    } catch (IOException e) {
      return false;
    }
  }
}
