package io.terrarium.operations.backup;

import io.terrarium.contracts.archivist.ObjectKeys;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient.Download;
import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.runtime.Release;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.operations.backup.SnapshotRecord.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a snapshot of all that the mesh keeps, as it is at one moment: PostgreSQL shows the rows
/// of that moment however long it takes, and the objects that they name do not change. Objects come
/// first, so that a restore holds its locks for the rows alone.
final class Backup {
  private static final Logger log = LoggerFactory.getLogger(Backup.class);
  private static final int NAMED_MAX = 500;
  private static final int LINES_BYTES = 256 * 1024;
  private static final int SEALED_LINES_MAX = 500;

  private final Database database;
  private final SnapshotStore store;
  private final Blobs blobs;
  private final Transit vault;

  Backup(Database database, SnapshotStore store, Blobs blobs, Transit vault) {
    this.database = database;
    this.store = store;
    this.blobs = blobs;
    this.vault = vault;
  }

  /// @param skipsObjects leaves out objects and logs
  void write(Secret password, boolean skipsObjects, OutputStream target) {
    byte[] salt = Aead.random(SnapshotKey.SALT_BYTES);
    SnapshotKey key = SnapshotKey.of(password, salt, SnapshotKey.ITERATIONS);
    AtomicBoolean hasBegun = new AtomicBoolean();
    database.useTransaction(db -> {
      if (hasBegun.getAndSet(true)) {
        throw new IllegalStateException("what was written cannot be taken back");
      }
      store.begin(db);
      Catalogue catalogue = store.catalogue(db);
      SnapshotHeader header =
          new SnapshotHeader(
              SnapshotHeader.FORMAT,
              Release.VERSION,
              catalogue.schema(),
              salt,
              SnapshotKey.ITERATIONS);
      // What would fail half-way is better told before the first byte.
      vault.check();
      List<SnapshotRecord.Table> tables = catalogue.inOrder();
      tables.forEach(SealedColumns::areIn);
      try {
        SnapshotWriter writer = SnapshotWriter.begin(header, key, target);
        write(db, tables, skipsObjects, writer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void write(
      Handle db, List<SnapshotRecord.Table> tables, boolean skipsObjects, SnapshotWriter writer)
      throws IOException {
    if (!skipsObjects) {
      for (SnapshotStore.Holder holder : SnapshotStore.Holder.values()) {
        objects(db, holder, writer);
      }
    }
    for (SnapshotRecord.Table table : tables) {
      rows(db, table, writer);
    }
    for (SnapshotRecord.Sequence sequence : store.sequences(db)) {
      writer.sequence(sequence);
    }
    Tally tally = writer.end();
    log.atInfo()
        .addKeyValue("objects", tally.objects())
        .addKeyValue("absent", tally.absent())
        .addKeyValue("logs", tally.logs())
        .addKeyValue("rows", tally.rows())
        .log("backup is written");
  }

  private void objects(Handle db, SnapshotStore.Holder holder, SnapshotWriter writer)
      throws IOException {
    List<SnapshotStore.Named> page = store.named(db, holder, 0, NAMED_MAX);
    while (!page.isEmpty()) {
      for (SnapshotStore.Named named : page) {
        for (String key : named.keys()) {
          object(key, named.attempt(), writer);
        }
      }
      page = store.named(db, holder, page.getLast().id(), NAMED_MAX);
    }
  }

  private void object(String key, int attempt, SnapshotWriter writer) throws IOException {
    if (ObjectKeys.isLog(key)) {
      new LogCopy(blobs).write(new SnapshotRecord.Log(key, attempt), writer);
      return;
    }
    Optional<Download> found = blobs.open(key);
    if (found.isEmpty()) {
      writer.absent(key);
      return;
    }
    try (InputStream content = found.get().body()) {
      writer.object(
          new SnapshotRecord.StoredObject(key, found.get().encoding().orElse("")), content);
    }
  }

  private void rows(Handle db, SnapshotRecord.Table table, SnapshotWriter writer)
      throws IOException {
    writer.beginTable(table);
    Batch batch = new Batch(table, writer);
    store.copy(db, table, batch::add);
    batch.flush();
    writer.endTable();
  }

  private List<String> inTheClear(String vaultKey, List<String> ciphertexts) {
    return vault.decryptAll(vaultKey, ciphertexts).stream()
        .map(Base64.getEncoder()::encodeToString)
        .toList();
  }

  /// Lines on their way, so many that vault is not asked for each.
  private final class Batch {
    private final SnapshotRecord.Table table;
    private final SnapshotWriter writer;
    private final boolean isSealed;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private final List<String> sealed = new ArrayList<>();
    private int bytes;
    private int count;

    Batch(SnapshotRecord.Table table, SnapshotWriter writer) {
      this.table = table;
      this.writer = writer;
      isSealed = SealedColumns.areIn(table);
    }

    void add(byte[] line) throws IOException {
      if (isSealed) {
        sealed.add(new String(line, 0, line.length - 1, StandardCharsets.UTF_8));
      } else {
        plain.writeBytes(line);
      }
      bytes += line.length;
      count++;
      if (bytes >= LINES_BYTES || sealed.size() >= SEALED_LINES_MAX) {
        flush();
      }
    }

    void flush() throws IOException {
      if (count > 0) {
        writer.rows(isSealed ? opened() : plain.toByteArray(), count);
      }
      plain.reset();
      sealed.clear();
      bytes = 0;
      count = 0;
    }

    private byte[] opened() {
      return SealedColumns.lines(SealedColumns.exchanged(table, sealed, Backup.this::inTheClear));
    }
  }
}
