package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A terraform executable on this machine, and its version.
record TerraformBinary(Path path, String version) {
  /// Every `terraform` on the path, the first one first.
  static List<Path> onPath(String path) {
    List<Path> found = new ArrayList<>();
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory).resolve("terraform");
      if (!directory.isEmpty() && Files.isExecutable(candidate)) {
        found.add(candidate.toAbsolutePath());
      }
    }
    return found;
  }

  /// Asks the executable; empty when it does not answer as terraform does.
  static Optional<TerraformBinary> ask(Path path) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(path.toString(), "version", "-json")
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("CHECKPOINT_DISABLE", "1");
      builder.environment().remove("TF_CLI_CONFIG_FILE");
      Process process = builder.start();
      process.getOutputStream().close();
      JsonNode answer = Json.SNAKE.readTree(process.getInputStream().readAllBytes());
      String version = answer.path("terraform_version").asText("");
      return version.isEmpty() ? Optional.empty() : Optional.of(new TerraformBinary(path, version));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
