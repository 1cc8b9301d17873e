package io.terrarium.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The real terraform behind a script that a configuration can ask to misbehave, by a comment.
final class Wrapper {
  /// Its plan waits at the hold.
  static final String WAITS_IN_PLAN = "# waits in plan\n";

  /// Its plan takes no notice of an interrupt, nor of anything.
  static final String IGNORES_INTERRUPT = "# ignores the interrupt\n";

  private Wrapper() {}

  static Path around(Path terraform, Path directory, Hold hold) {
    Path script = directory.resolve("terraform");
    try {
      Files.writeString(
          script,
          """
          #!/bin/bash
          if [ "$1" = plan ] && grep -qs '^# waits in plan' *.tf; then
            %s
          fi
          if [ "$1" = plan ] && grep -qs '^# ignores the interrupt' *.tf; then
            trap '' INT TERM
            %s
            sleep 600
          fi
          exec %s "$@"
          """
              .formatted(hold.command(), hold.command(), terraform.toAbsolutePath()));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return script;
  }
}
