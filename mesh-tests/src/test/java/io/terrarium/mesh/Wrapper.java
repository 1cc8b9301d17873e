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

  /// Its plan prints 200 MB.
  static final String PRINTS_MUCH = "# prints much\n";

  /// Its plan prints two lines of 10 MB each.
  static final String PRINTS_LONG_LINES = "# prints long lines\n";

  /// What a [#failing] one says.
  static final String LAST_WORDS = "Error: this terraform cannot plan";

  private Wrapper() {}

  static Path around(Path terraform, Path directory, Hold hold) {
    return script(
        directory,
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
        if [ "$1" = plan ] && grep -qs '^# prints much' *.tf; then
          yes 'a line of a log that somebody forgot to switch off' | head -c 209715200
        fi
        if [ "$1" = plan ] && grep -qs '^# prints long lines' *.tf; then
          for letter in x y; do
            head -c 10485760 /dev/zero | tr '\\0' $letter
            echo
          done
        fi
        exec %s "$@"
        """
            .formatted(hold.command(), hold.command(), terraform.toAbsolutePath()));
  }

  /// One whose every plan fails.
  static Path failing(Path terraform, Path directory) {
    return script(
        directory,
        """
        #!/bin/bash
        if [ "$1" = plan ]; then
          echo '%s' >&2
          exit 1
        fi
        exec %s "$@"
        """
            .formatted(LAST_WORDS, terraform.toAbsolutePath()));
  }

  private static Path script(Path directory, String text) {
    Path script = directory.resolve("terraform");
    try {
      Files.writeString(script, text);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
