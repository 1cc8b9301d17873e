package io.terrarium.core.rewrap;

import io.terrarium.contracts.vault.SealedColumn;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.kernel.vault.TransitFault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings all transit ciphertexts of schema `atlas` to the newest version of their keys, while the
/// mesh goes on. Nothing is decrypted here: vault does it, and answers with the new ciphertexts.
///
/// A batch is read, rewrapped, and written cell by cell, each only if it still holds what was read;
/// so a write that comes between wins, and is found in the next pass where it carries an old
/// version along. Whatever the moment of a death, each cell holds one readable ciphertext, and who
/// comes next goes on with those that are not of the newest version.
public final class Rewrapping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rewrapping.class);
  private static final int BATCH = 20;
  private static final int PASSES_MAX = 5;

  private final RewrapStore store = new RewrapStore();
  private final Database database;
  private final Transit transit;

  private Rewrapping(Database database, Transit transit) {
    this.database = database;
    this.transit = transit;
  }

  /// What was done in one place.
  ///
  /// @param failed cells that vault could not read; they are as they were
  public record Done(String place, int rewrapped, int failed) {}

  public static Rewrapping open(DatabaseConfig config, TransitConfig vault) {
    return new Rewrapping(Database.open(config, "rewrap", "atlas", List.of()), new Transit(vault));
  }

  /// Goes through all places until there is nothing left to do.
  ///
  /// @param told hears of each place, once in each pass that found something there
  /// @return false when something is left that could not be rewrapped
  public boolean run(Consumer<Done> told) {
    for (int pass = 1; pass <= PASSES_MAX; pass++) {
      int rewrapped = 0;
      int failed = 0;
      for (SealedColumn place : SealedColumn.values()) {
        Done done = rewrap(place);
        rewrapped += done.rewrapped();
        failed += done.failed();
        if (pass == 1 || done.rewrapped() > 0) {
          told.accept(done);
        }
      }
      if (rewrapped == 0) {
        return failed == 0;
      }
    }
    return false;
  }

  private Done rewrap(SealedColumn place) {
    String newest = transit.newestPrefix(place.key());
    int rewrapped = 0;
    int failed = 0;
    long after = 0;
    while (true) {
      long from = after;
      List<RewrapStore.Row> rows = database.read(db -> store.next(db, place, from, newest, BATCH));
      if (rows.isEmpty()) {
        String name = place.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Done(name, rewrapped, failed);
      }
      after = rows.getLast().id();
      List<RewrapStore.Row> old = rows.stream().filter(row -> isOld(place, row, newest)).toList();
      try {
        rewrapped += write(place, old);
      } catch (TransitFault fault) {
        if (fault.isPassing()) {
          throw fault;
        }
        // One of them is broken: it must not keep the others from being rewrapped.
        for (RewrapStore.Row row : old) {
          int done = alone(place, row);
          rewrapped += Math.max(done, 0);
          failed += done < 0 ? 1 : 0;
        }
      }
    }
  }

  private static boolean isOld(SealedColumn place, RewrapStore.Row row, String newest) {
    return place.cell().ciphertexts(row.cell()).stream()
        .anyMatch(ciphertext -> !ciphertext.startsWith(newest));
  }

  /// -1 when vault cannot read it.
  private int alone(SealedColumn place, RewrapStore.Row row) {
    try {
      return write(place, List.of(row));
    } catch (TransitFault fault) {
      if (fault.isPassing()) {
        throw fault;
      }
      log.atWarn()
          .addKeyValue("table", place.table())
          .addKeyValue("column", place.column())
          .addKeyValue("id", row.id())
          .addKeyValue("reason", fault.getMessage())
          .log("ciphertext cannot be rewrapped");
      return -1;
    }
  }

  private int write(SealedColumn place, List<RewrapStore.Row> rows) {
    List<String> old = new ArrayList<>();
    rows.forEach(row -> old.addAll(place.cell().ciphertexts(row.cell())));
    Iterator<String> fresh = transit.rewrapAll(place.key(), old).iterator();
    int written = 0;
    for (RewrapStore.Row row : rows) {
      List<String> own = new ArrayList<>();
      place.cell().ciphertexts(row.cell()).forEach(_ -> own.add(fresh.next()));
      String cell = place.cell().with(row.cell(), own);
      if (database.inTransaction(db -> store.replace(db, place, row, cell))) {
        written++;
      }
    }
    return written;
  }

  @Override
  public void close() {
    transit.close();
    database.close();
  }
}
