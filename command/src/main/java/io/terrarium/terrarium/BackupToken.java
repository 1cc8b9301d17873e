package io.terrarium.terrarium;

import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The token of backup and restore, kept in the data directory for the commands, whether it was
/// generated or set; readable by its owner alone.
public final class BackupToken {
  static final String VARIABLE = "TFE_BACKUP_RESTORE_TOKEN";

  private static final String FILE = "backup-token";

  private BackupToken() {}

  static void keep(Path data, Map<String, String> environment) {
    PrivateFile.write(data.resolve(FILE), environment.getOrDefault(VARIABLE, "") + "\n");
  }

  /// That of the mesh on `data`.
  public static String read(Path data) {
    Path file = data.resolve(FILE);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new MeshFault("no mesh has run on " + data + "; see --data and --token-file", e);
    }
  }
}
