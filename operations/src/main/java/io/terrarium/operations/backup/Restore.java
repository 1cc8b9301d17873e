package io.terrarium.operations.backup;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.vault.Transit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a snapshot into an installation in which nobody has begun to work. All rows come in one
/// transaction, at the end of which the snapshot must be whole; the objects are stored before. If
/// it does not come to that, the installation is as it was, but for objects that no row names:
/// nobody can ask for them, and the next restore of the same snapshot writes them again.
final class Restore {
  private static final Logger log = LoggerFactory.getLogger(Restore.class);

  private final Database database;
  private final SnapshotStore catalogues;
  private final RestoreStore store;
  private final Blobs blobs;
  private final Transit vault;

  Restore(
      Database database, SnapshotStore catalogues, RestoreStore store, Blobs blobs, Transit vault) {
    this.database = database;
    this.catalogues = catalogues;
    this.store = store;
    this.blobs = blobs;
    this.vault = vault;
  }

  /// @throws Fault of what is wrong with the snapshot, the password or this installation
  void read(Secret password, InputStream snapshot) throws IOException {
    Catalogue catalogue =
        database.read(db -> {
          refuseUnlessEmpty(db);
          return catalogues.catalogue(db);
        });
    SnapshotReader reader = SnapshotReader.open(snapshot, password);
    if (!reader.header().schema().equals(catalogue.schema())) {
      throw new Fault.Conflict(
          "The snapshot has version %s of the database's schema, this installation has %s: restore it by the release that wrote it (%s)."
              .formatted(reader.header().schema(), catalogue.schema(), reader.header().product()));
    }
    SnapshotRecord first = blobs(reader);
    AtomicBoolean hasBegun = new AtomicBoolean();
    database.useTransaction(db -> {
      // Before the locks are there a deadlock ends it, which nothing has been read for.
      begin(db, catalogue);
      if (hasBegun.getAndSet(true)) {
        throw new IllegalStateException("what was read cannot be read again");
      }
      try {
        rows(db, reader, first, catalogue);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    log.atInfo().addKeyValue("schema", catalogue.schema()).log("snapshot is restored");
  }

  private void refuseUnlessEmpty(Handle db) {
    if (!store.isEmpty(db)) {
      throw new Fault.Conflict(
          "This installation is in use: it has users or organizations. A snapshot is restored into"
              + " a new installation, before its first user is made.");
    }
  }

  /// Stores objects and logs; gives back the first record behind them.
  private SnapshotRecord blobs(SnapshotReader reader) throws IOException {
    while (true) {
      SnapshotRecord record = reader.next();
      try {
        switch (record) {
          case SnapshotRecord.StoredObject(String key, String encoding) ->
              blobs.store(key, encoding, reader.content());
          case SnapshotRecord.Log found -> new LogCopy(blobs).read(found, reader);
          case SnapshotRecord.Absent _ -> {}
          case SnapshotRecord.Table _, SnapshotRecord.Sequence _, SnapshotRecord.End _ -> {
            return record;
          }
        }
      } catch (ServiceFault fault) {
        // The upload breaks off where the snapshot does.
        reader.rethrowFailure();
        throw fault;
      }
    }
  }

  /// Nobody can have become the first user in between: whoever tries to waits for this.
  private void begin(Handle db, Catalogue catalogue) {
    store.lock(db, catalogue.tables());
    refuseUnlessEmpty(db);
    store.clear(db, catalogue.inOrder());
  }

  private void rows(Handle db, SnapshotReader reader, SnapshotRecord first, Catalogue catalogue)
      throws IOException {
    Set<SnapshotRecord.Table> missing = new HashSet<>(catalogue.tables());
    SnapshotRecord record = first;
    while (!(record instanceof SnapshotRecord.End(SnapshotRecord.Tally tally))) {
      switch (record) {
        case SnapshotRecord.Table table -> {
          if (!missing.remove(table)) {
            throw anotherSchema(table.name());
          }
          store.copy(db, table, () -> reader.chunk().map(lines -> sealed(table, lines)));
        }
        case SnapshotRecord.Sequence sequence -> store.set(db, sequence);
        default -> throw new IllegalStateException("rows come last, not " + record);
      }
      record = reader.next();
    }
    if (!missing.isEmpty()) {
      throw anotherSchema(missing.iterator().next().name());
    }
    log.atInfo()
        .addKeyValue("objects", tally.objects())
        .addKeyValue("logs", tally.logs())
        .addKeyValue("rows", tally.rows())
        .log("all of the snapshot is read");
  }

  private static Fault.Conflict anotherSchema(String table) {
    return new Fault.Conflict(
        "The snapshot's table %s is not that of this installation: restore it by the release that wrote it."
            .formatted(table));
  }

  private byte[] sealed(SnapshotRecord.Table table, byte[] lines) {
    if (!SealedColumns.areIn(table)) {
      return lines;
    }
    List<String> text = new String(lines, StandardCharsets.UTF_8).lines().toList();
    return SealedColumns.lines(SealedColumns.exchanged(table, text, this::ciphertexts));
  }

  private List<String> ciphertexts(String vaultKey, List<String> plaintexts) {
    return vault.encryptAll(
        vaultKey, plaintexts.stream().map(Base64.getDecoder()::decode).toList());
  }
}
