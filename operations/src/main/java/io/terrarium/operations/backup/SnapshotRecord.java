package io.terrarium.operations.backup;

import java.util.List;

/// One thing in a snapshot. Of some only the beginning is here: their content follows in chunks.
sealed interface SnapshotRecord {
  /// @param encoding its `Content-Encoding`, "" without one; the content is as it is stored
  record StoredObject(String key, String encoding) implements SnapshotRecord {}

  /// A key that rows may name, with nothing behind it: most plans have no schemas, and what was
  /// deleted since the rows were read is gone for the restored rows as well.
  record Absent(String key) implements SnapshotRecord {}

  /// The raw bytes of a log follow, then whether it has ended.
  ///
  /// @param attempt of its phase
  record Log(String key, int attempt) implements SnapshotRecord {}

  /// Lines of PostgreSQL's COPY in its text format follow, each chunk of whole lines. A
  /// ciphertext's place holds the base64 of what it hides.
  record Table(String name, List<String> columns) implements SnapshotRecord {}

  /// Where the numbers of a table go on.
  record Sequence(String table, String column, long last, boolean called)
      implements SnapshotRecord {}

  /// The last one: what there was before it.
  record End(Tally tally) implements SnapshotRecord {}

  /// How many there are of each.
  record Tally(long objects, long absent, long logs, long tables, long rows) {}
}
