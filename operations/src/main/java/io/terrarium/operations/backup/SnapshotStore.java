package io.terrarium.operations.backup;

import io.terrarium.contracts.archivist.ObjectKeys;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOperation;
import org.postgresql.copy.CopyOut;

/// SQL of what a backup reads: the catalogue, the names of objects, the rows. All of it in one
/// transaction that sees one moment.
final class SnapshotStore {
  static final String SCHEMA = "atlas";

  /// `workers` is what the workers of this installation say of themselves, every few seconds.
  private static final String TABLES =
      """
      SELECT c.relname,
             ARRAY(SELECT CAST(a.attname AS text)
                     FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND a.attgenerated = ''
                    ORDER BY a.attnum) AS columns
        FROM pg_class c
       WHERE c.relnamespace = CAST('atlas' AS regnamespace) AND c.relkind IN ('r', 'p')
         AND NOT c.relispartition AND c.relname NOT IN ('flyway_schema_history', 'workers')
       ORDER BY c.relname
      """;

  private static final String REFERENCES =
      """
      SELECT DISTINCT child.relname AS child, parent.relname AS parent
        FROM pg_constraint k
        JOIN pg_class child ON child.oid = k.conrelid
        JOIN pg_class parent ON parent.oid = k.confrelid
       WHERE k.contype = 'f' AND child.relnamespace = CAST('atlas' AS regnamespace)
      """;

  private static final String SCHEMA_VERSION =
      """
      SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL
       ORDER BY installed_rank DESC LIMIT 1
      """;

  private static final String SEQUENCES =
      """
      SELECT c.relname AS owner, a.attname AS counted,
             pg_get_serial_sequence(format('%I.%I', 'atlas', c.relname), a.attname) AS sequence
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = CAST('atlas' AS regnamespace) AND c.relkind IN ('r', 'p')
         AND c.relname NOT IN ('flyway_schema_history', 'workers')
         AND pg_get_serial_sequence(format('%I.%I', 'atlas', c.relname), a.attname) IS NOT NULL
       ORDER BY c.relname, a.attname
      """;

  /// Rows that name objects. Those of an apply's state name none of their own once it has ended:
  /// the state is a state version then.
  enum Holder {
    CONFIGURATION(
        """
        SELECT id, object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM configuration_versions
         WHERE object_id IS NOT NULL
           AND status NOT IN ('archived', 'backing_data_permanently_deleted')
        """),
    STATE(
        """
        SELECT id, object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM state_versions
         WHERE object_id IS NOT NULL AND status <> 'backing_data_permanently_deleted'
        """),
    STATE_JSON(
        """
        SELECT id, json_object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM state_versions
         WHERE json_object_id IS NOT NULL AND status <> 'backing_data_permanently_deleted'
        """),
    STATE_OF_APPLY(
        """
        SELECT id, state_object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM phases
         WHERE state_object_id IS NOT NULL AND status NOT IN ('finished', 'errored', 'canceled')
        """),
    ERRORED_STATE(
        """
        SELECT id, errored_state_object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM phases
         WHERE errored_state_object_id IS NOT NULL
           AND backing_data <> 'backing_data_permanently_deleted'
        """),
    PHASE(
        """
        SELECT id, NULL AS key, external_id AS phase, attempt, phase = 'plan' AS plan
          FROM phases
         WHERE backing_data <> 'backing_data_permanently_deleted'
        """);

    private final String rows;

    Holder(String rows) {
      this.rows = rows;
    }

    private String page() {
      return "SELECT * FROM (" + rows + ") AS named WHERE id > :after ORDER BY id LIMIT :most";
    }
  }

  /// A row that names objects.
  ///
  /// @param keys of its objects and of its log; some may have none
  /// @param attempt of the phase whose log is among them
  record Named(long id, List<String> keys, int attempt) {}

  /// Takes one line of COPY with its line feed.
  @FunctionalInterface
  interface Lines {
    void take(byte[] line) throws IOException;
  }

  /// Before any other statement of the transaction.
  void begin(Handle db) {
    db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    // While objects are passed on, the transaction is idle for as long as the client takes.
    db.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    db.execute("SET LOCAL statement_timeout = 0");
  }

  Catalogue catalogue(Handle db) {
    List<SnapshotRecord.Table> tables =
        db.createQuery(TABLES)
            .map((row, _) ->
                new SnapshotRecord.Table(
                    row.getString("relname"),
                    List.of((String[]) row.getArray("columns").getArray())))
            .list();
    List<Catalogue.Reference> references =
        db.createQuery(REFERENCES)
            .map((row, _) ->
                new Catalogue.Reference(row.getString("child"), row.getString("parent")))
            .list();
    return new Catalogue(schemaVersion(db), tables, references);
  }

  String schemaVersion(Handle db) {
    return db.createQuery(SCHEMA_VERSION).mapTo(String.class).one();
  }

  List<SnapshotRecord.Sequence> sequences(Handle db) {
    record Place(String table, String column, String sequence) {}
    List<Place> places =
        db.createQuery(SEQUENCES)
            .map((row, _) ->
                new Place(
                    row.getString("owner"), row.getString("counted"), row.getString("sequence")))
            .list();
    return places.stream()
        .map(place ->
            db.createQuery("SELECT last_value, is_called FROM " + place.sequence())
                .map((row, _) ->
                    new SnapshotRecord.Sequence(
                        place.table(), place.column(), row.getLong(1), row.getBoolean(2)))
                .one())
        .toList();
  }

  /// The next rows that name objects, in the order of their numbers.
  List<Named> named(Handle db, Holder holder, long after, int most) {
    return db.createQuery(holder.page())
        .bind("after", after)
        .bind("most", most)
        .map((row, _) ->
            new Named(
                row.getLong("id"),
                row.getString("key") == null ? ofPhase(row) : List.of(row.getString("key")),
                row.getInt("attempt")))
        .list();
  }

  /// Earlier attempts' objects are read by nobody.
  private static List<String> ofPhase(ResultSet row) throws SQLException {
    String phase = row.getString("phase");
    int attempt = row.getInt("attempt");
    Stream<String> objects =
        row.getBoolean("plan") && attempt > 0
            ? Stream.of(
                ObjectKeys.plan(phase, attempt),
                ObjectKeys.planJson(phase, attempt),
                ObjectKeys.planJsonRedacted(phase, attempt),
                ObjectKeys.planSchemas(phase, attempt))
            : Stream.of();
    return Stream.concat(objects, Stream.of(ObjectKeys.log(phase))).toList();
  }

  /// All rows of a table as PostgreSQL writes them, one at a time.
  void copy(Handle db, SnapshotRecord.Table table, Lines lines) throws IOException {
    String sql =
        "COPY (SELECT %s FROM %s) TO STDOUT".formatted(columns(table), quoted(table.name()));
    try {
      CopyOut copy = db.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
      try {
        for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
          lines.take(line);
        }
      } catch (IOException | RuntimeException e) {
        cancel(copy, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /// The connection would wait for the end of the copy for ever.
  static void cancel(CopyOperation copy, Exception why) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  /// As they stand in SQL.
  static String columns(SnapshotRecord.Table table) {
    return table.columns().stream().map(SnapshotStore::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
