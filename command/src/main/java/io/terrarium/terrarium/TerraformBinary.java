package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A terraform executable on this machine, and its version.
public record TerraformBinary(Path path, String version) {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
  private static final int MAJOR_MIN = 1;
  private static final int MINOR_MIN = 11;

  /// Every `terraform` on the path, the first one first.
  public static List<Path> onPath(String path) {
    List<Path> found = new ArrayList<>();
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory).resolve("terraform");
      if (!directory.isEmpty() && Files.isExecutable(candidate)) {
        found.add(candidate.toAbsolutePath());
      }
    }
    return found;
  }

  /// The first of them that can work with the mesh.
  ///
  /// @throws MeshFault when none can, with why not
  public static TerraformBinary firstUsable(List<Path> paths) {
    List<String> unusable = new ArrayList<>();
    for (Path path : paths) {
      Optional<TerraformBinary> binary = ask(path, ANSWER_MAX);
      if (binary.isPresent() && binary.get().isNewEnough()) {
        return binary.get();
      }
      unusable.add(
          path + binary.map(old -> " (" + old.version() + ", too old)").orElse(" (no answer)"));
    }
    throw new MeshFault(
        (unusable.isEmpty()
                ? "no terraform was found"
                : "no terraform that can be used: " + String.join(", ", unusable))
            + ": put terraform 1.11 or newer on the PATH, or name one with --terraform FILE");
  }

  private boolean isNewEnough() {
    Matcher number = NUMBER.matcher(version);
    if (!number.lookingAt()) {
      return false;
    }
    int major = Integer.parseInt(number.group(1));
    return major > MAJOR_MIN
        || (major == MAJOR_MIN && Integer.parseInt(number.group(2)) >= MINOR_MIN);
  }

  /// Asks the executable; empty when it does not answer as terraform does, or in time.
  static Optional<TerraformBinary> ask(Path path, Duration patience) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(path.toString(), "version", "-json")
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("CHECKPOINT_DISABLE", "1");
      builder.environment().remove("TF_CLI_CONFIG_FILE");
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      JsonNode answer = Json.SNAKE.readTree(process.getInputStream().readAllBytes());
      String version = answer.path("terraform_version").asText("");
      return version.isEmpty() ? Optional.empty() : Optional.of(new TerraformBinary(path, version));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
