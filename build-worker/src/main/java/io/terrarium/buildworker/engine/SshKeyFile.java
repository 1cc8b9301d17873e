package io.terrarium.buildworker.engine;

import io.terrarium.contracts.internal.BuildSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The private key by which git fetches modules. It is there while `init` runs and no longer, so
/// that what the configuration itself runs in a plan or an apply does not find it.
final class SshKeyFile {
  private final Path file;

  private SshKeyFile(Path file) {
    this.file = file;
  }

  /// Writes the key of `build`, if it has one.
  static SshKeyFile write(RunDirectory directory, BuildSpecification build) {
    Path file = file(directory);
    String key = build.sshKey();
    if (key != null) {
      RunDirectory.writePrivate(file, key.getBytes(StandardCharsets.UTF_8));
    }
    return new SshKeyFile(file);
  }

  /// What tells git of it. A host that is met for the first time is believed, and only for this
  /// build: there is nobody to ask.
  static Map<String, String> environment(RunDirectory directory, BuildSpecification build) {
    return build.sshKey() == null
        ? Map.of()
        : Map.of(
            "GIT_SSH_COMMAND",
            "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes"
                + " -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile="
                + quoted(directory.home().resolve("known_hosts"))
                + " -i "
                + quoted(file(directory)));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static Path file(RunDirectory directory) {
    return directory.file("ssh-key");
  }

  /// As the shell reads it that git starts.
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
