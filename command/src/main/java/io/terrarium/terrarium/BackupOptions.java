package io.terrarium.terrarium;

import io.terrarium.kernel.Secret;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which mesh is backed up or restored, and by which password. Neither token nor password is ever
/// an argument, which everybody on the machine could read.
final class BackupOptions {
  @Mixin private RunningMeshOptions running = new RunningMeshOptions();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the backup token (default: that of the mesh on the data).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with the password of the snapshot (default: it is asked for).")
  private @Nullable Path passwordFile;

  BackupAccess mesh() {
    URI base = running.address();
    String token = tokenFile != null ? text(tokenFile) : BackupToken.read(running.data());
    return new BackupAccess(base, new Secret(token));
  }

  /// @param isNew asks for it twice, since a mistyped one would make the snapshot useless
  Secret password(boolean isNew) {
    if (passwordFile != null) {
      return notEmpty(text(passwordFile));
    }
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() -> new MeshFault("a password is needed: --password-file FILE"));
    char[] typed = console.readPassword("Password of the snapshot: ");
    if (isNew && !Arrays.equals(typed, console.readPassword("Once more: "))) {
      throw new MeshFault("these are two different passwords; begin again");
    }
    return notEmpty(typed == null ? "" : new String(typed));
  }

  private static Secret notEmpty(String password) {
    if (password.isBlank()) {
      throw new MeshFault("the password is empty; choose a long one");
    }
    return new Secret(password);
  }

  private static String text(Path file) {
    return RunningMeshOptions.text("the file", file);
  }
}
