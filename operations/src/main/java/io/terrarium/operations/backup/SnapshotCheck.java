package io.terrarium.operations.backup;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.operations.backup.SnapshotRecord.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What a whole snapshot holds, for who keeps one and wants to know that it can be restored.
///
/// @param schema version of the database's schema
/// @param absent objects that a row names and that were not in the store
public record SnapshotCheck(String schema, long objects, long absent, long logs, long rows) {
  /// Reads all of `snapshot`.
  ///
  /// @throws Fault when it is damaged or cut off, or the password is wrong
  public static SnapshotCheck of(InputStream snapshot, Secret password) throws IOException {
    SnapshotReader reader = SnapshotReader.open(snapshot, password);
    while (true) {
      switch (reader.next()) {
        case SnapshotRecord.StoredObject _, SnapshotRecord.Table _ -> skip(reader);
        case SnapshotRecord.Log _ -> {
          skip(reader);
          reader.hasEnded();
        }
        case SnapshotRecord.Absent _, SnapshotRecord.Sequence _ -> {}
        case SnapshotRecord.End(Tally tally) -> {
          return new SnapshotCheck(
              reader.header().schema(),
              tally.objects(),
              tally.absent(),
              tally.logs(),
              tally.rows());
        }
      }
    }
  }

  private static void skip(SnapshotReader reader) throws IOException {
    reader.content().transferTo(OutputStream.nullOutputStream());
  }
}
