package io.terrarium.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The images that a Docker engine of this machine has. The tests pull none: without a registry
/// Testcontainers would ask for each one for two minutes.
final class DockerImages {
  private static final long ANSWER_SECONDS_MAX = 10;

  /// What Testcontainers cleans up with, unless it is told not to.
  private static final String RYUK = "testcontainers/ryuk:0.14.0";

  private DockerImages() {}

  /// Whether Testcontainers can run `image` from what is here.
  static boolean areHere(String image) {
    List<String> images = new ArrayList<>(List.of(image));
    if (!"true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
      images.add(RYUK);
    }
    // Within a container it looks for the way out with one more image.
    boolean isReachable =
        System.getenv("TESTCONTAINERS_HOST_OVERRIDE") != null
            || !Files.exists(Path.of("/.dockerenv"));
    return isReachable && areKnown(images);
  }

  private static boolean areKnown(List<String> images) {
    List<String> command = new ArrayList<>(List.of("docker", "image", "inspect"));
    command.addAll(images);
    try {
      Process docker =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (docker.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
        return docker.exitValue() == 0;
      }
      docker.destroyForcibly();
      return false;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
