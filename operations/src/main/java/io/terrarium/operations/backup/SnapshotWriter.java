package io.terrarium.operations.backup;

import io.terrarium.operations.backup.SnapshotRecord.Tally;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a snapshot, record by record. Without [#end], which counts what there was, it is none.
final class SnapshotWriter {
  private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);
  static final int CHUNK_BYTES = 64 * 1024;
  static final byte OBJECT = 'O';
  static final byte ABSENT = 'A';
  static final byte LOG = 'L';
  static final byte TABLE = 'T';
  static final byte SEQUENCE = 'S';
  static final byte END = 'E';

  private final DataOutputStream out;
  private long objects;
  private long absent;
  private long logs;
  private long tables;
  private long rows;

  private SnapshotWriter(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /// Writes the header in the clear; all that follows is encrypted, and bound to it.
  static SnapshotWriter begin(SnapshotHeader header, SnapshotKey key, OutputStream target)
      throws IOException {
    byte[] bytes = header.bytes();
    target.write(bytes);
    target.write(key.proofOf(bytes));
    try {
      return new SnapshotWriter(key.cipher().newEncryptingStream(target, bytes));
    } catch (GeneralSecurityException e) {
      throw new IOException("the snapshot cannot be encrypted", e);
    }
  }

  void object(SnapshotRecord.StoredObject object, InputStream content) throws IOException {
    out.writeByte(OBJECT);
    out.writeUTF(object.key());
    out.writeUTF(object.encoding());
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int got = content.read(chunk); got >= 0; got = content.read(chunk)) {
      if (got > 0) {
        chunk(chunk, got);
      }
    }
    endOfChunks();
    objects++;
  }

  /// A row names it, and the store does not have it: it is yet to be stored, or it is lost.
  void absent(String key) throws IOException {
    log.atInfo().addKeyValue("key", key).log("not in the store, and so not in the backup");
    out.writeByte(ABSENT);
    out.writeUTF(key);
    absent++;
  }

  void beginLog(SnapshotRecord.Log log) throws IOException {
    out.writeByte(LOG);
    out.writeUTF(log.key());
    out.writeInt(log.attempt());
    logs++;
  }

  void endLog(boolean hasEnded) throws IOException {
    endOfChunks();
    out.writeBoolean(hasEnded);
  }

  void beginTable(SnapshotRecord.Table table) throws IOException {
    out.writeByte(TABLE);
    out.writeUTF(table.name());
    out.writeInt(table.columns().size());
    for (String column : table.columns()) {
      out.writeUTF(column);
    }
    tables++;
  }

  /// @param count of the lines in `lines`
  void rows(byte[] lines, int count) throws IOException {
    chunk(lines, lines.length);
    rows += count;
  }

  void endTable() throws IOException {
    endOfChunks();
  }

  void sequence(SnapshotRecord.Sequence sequence) throws IOException {
    out.writeByte(SEQUENCE);
    out.writeUTF(sequence.table());
    out.writeUTF(sequence.column());
    out.writeLong(sequence.last());
    out.writeBoolean(sequence.called());
  }

  /// A part of what the last record has begun.
  void chunk(byte[] bytes, int length) throws IOException {
    out.writeInt(length);
    out.write(bytes, 0, length);
  }

  /// An empty chunk stands for no more of them.
  private void endOfChunks() throws IOException {
    out.writeInt(0);
  }

  /// Writes the last record and the end of the encryption.
  Tally end() throws IOException {
    Tally tally = new Tally(objects, absent, logs, tables, rows);
    out.writeByte(END);
    out.writeLong(tally.objects());
    out.writeLong(tally.absent());
    out.writeLong(tally.logs());
    out.writeLong(tally.tables());
    out.writeLong(tally.rows());
    out.close();
    return tally;
  }
}
