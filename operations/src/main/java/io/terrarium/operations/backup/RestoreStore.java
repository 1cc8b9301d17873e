package io.terrarium.operations.backup;

import io.terrarium.kernel.Fault;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// SQL of what a restore writes, all of it in one transaction.
final class RestoreStore {
  /// Keys are checked at the end of each table, which is silent meanwhile.
  private static final int ANSWER_MILLIS_MAX = 3_600_000;

  /// PostgreSQL's code of a lock that was not got in time.
  private static final String LOCKED = "55P03";

  private static final String IS_EMPTY =
      "SELECT NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM organizations)";

  private static final String SET_SEQUENCE =
      """
      SELECT setval(pg_get_serial_sequence(:table, :column), :last, :called)
      """;

  /// Gives the next lines of a table; empty behind the last.
  @FunctionalInterface
  interface Chunks {
    Optional<byte[]> next() throws IOException;
  }

  /// Whether nobody has begun to work here.
  boolean isEmpty(Handle db) {
    return db.createQuery(IS_EMPTY).mapTo(Boolean.class).one();
  }

  /// From now on nobody else writes into the tables; reading goes on. Whoever has begun to is
  /// waited for.
  void lock(Handle db, List<SnapshotRecord.Table> tables) {
    try {
      db.getConnection().setNetworkTimeout(Runnable::run, ANSWER_MILLIS_MAX);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
    db.execute("SET LOCAL statement_timeout = 0");
    db.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    db.execute("SET LOCAL lock_timeout = '30s'");
    try {
      db.execute("LOCK TABLE " + names(tables) + " IN EXCLUSIVE MODE");
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException cause && LOCKED.equals(cause.getSQLState())) {
        throw new Fault.Unavailable(
            "Somebody else writes to the database for so long that the restore cannot begin; try again.",
            e);
      }
      throw e;
    }
  }

  /// What an installation has before anybody comes: settings, versions of Terraform.
  void clear(Handle db, List<SnapshotRecord.Table> inOrder) {
    for (SnapshotRecord.Table table : inOrder.reversed()) {
      db.execute("DELETE FROM " + SnapshotStore.quotedTable(table.name()));
    }
  }

  /// Writes all lines of a table as one statement, whose rows may name each other.
  ///
  /// @return how many
  long copy(Handle db, SnapshotRecord.Table table, Chunks chunks) throws IOException {
    String sql =
        "COPY %s (%s) FROM STDIN"
            .formatted(SnapshotStore.quotedTable(table.name()), SnapshotStore.columns(table));
    try {
      CopyIn copy = db.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      try {
        for (Optional<byte[]> lines = chunks.next(); lines.isPresent(); lines = chunks.next()) {
          copy.writeToCopy(lines.get(), 0, lines.get().length);
        }
        return copy.endCopy();
      } catch (IOException | RuntimeException e) {
        SnapshotStore.cancel(copy, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  void set(Handle db, SnapshotRecord.Sequence sequence) {
    db.createQuery(SET_SEQUENCE)
        .bind("table", SnapshotStore.quotedTable(sequence.table()))
        .bind("column", sequence.column())
        .bind("last", sequence.last())
        .bind("called", sequence.called())
        .mapTo(Long.class)
        .one();
  }

  private static String names(List<SnapshotRecord.Table> tables) {
    return tables.stream()
        .map(table -> SnapshotStore.quotedTable(table.name()))
        .collect(Collectors.joining(", "));
  }
}
