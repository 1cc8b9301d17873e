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

  /// The registry's, beside [#SCHEMA].
  private static final String REGISTRY = "registry";

  /// What a table is called: that of the registry with its schema before it.
  private static final String NAME =
      "CASE %1$sn.nspname WHEN 'atlas' THEN %1$s.relname"
          + " ELSE %1$sn.nspname || '.' || %1$s.relname END";

  /// `workers` is what the workers of this installation say of themselves, every few seconds.
  private static final String TABLES =
      """
      SELECT %s AS name,
             ARRAY(SELECT CAST(a.attname AS text)
                     FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND a.attgenerated = ''
                    ORDER BY a.attnum) AS columns
        FROM pg_class c
        JOIN pg_namespace cn ON cn.oid = c.relnamespace
       WHERE cn.nspname IN ('atlas', 'registry') AND c.relkind IN ('r', 'p')
         AND NOT c.relispartition AND c.relname NOT IN ('flyway_schema_history', 'workers')
       ORDER BY cn.nspname, c.relname
      """
          .formatted(NAME.formatted("c"));

  private static final String REFERENCES =
      """
      SELECT DISTINCT %s AS child, %s AS parent
        FROM pg_constraint k
        JOIN pg_class child ON child.oid = k.conrelid
        JOIN pg_namespace childn ON childn.oid = child.relnamespace
        JOIN pg_class parent ON parent.oid = k.confrelid
        JOIN pg_namespace parentn ON parentn.oid = parent.relnamespace
       WHERE k.contype = 'f' AND childn.nspname IN ('atlas', 'registry')
      """
          .formatted(NAME.formatted("child"), NAME.formatted("parent"));

  private static final String SEQUENCES =
      """
      SELECT %s AS owner, a.attname AS counted,
             pg_get_serial_sequence(format('%%I.%%I', cn.nspname, c.relname), a.attname) AS sequence
        FROM pg_class c
        JOIN pg_namespace cn ON cn.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE cn.nspname IN ('atlas', 'registry') AND c.relkind IN ('r', 'p')
         AND c.relname NOT IN ('flyway_schema_history', 'workers')
         AND pg_get_serial_sequence(format('%%I.%%I', cn.nspname, c.relname), a.attname)
               IS NOT NULL
       ORDER BY cn.nspname, c.relname, a.attname
      """
          .formatted(NAME.formatted("c"));

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
    MODULE(
        """
        SELECT id, object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM registry_module_versions
         WHERE object_id IS NOT NULL
        """),
    PROVIDER_SHASUMS(
        """
        SELECT id, shasums_object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM registry_provider_versions
         WHERE shasums_object_id IS NOT NULL
        """),
    PROVIDER_SIGNATURE(
        """
        SELECT id, signature_object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM registry_provider_versions
         WHERE signature_object_id IS NOT NULL
        """),
    PROVIDER_PACKAGE(
        """
        SELECT id, object_id AS key, NULL AS phase, 0 AS attempt, false AS plan
          FROM registry_provider_platforms
         WHERE object_id IS NOT NULL
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
                    row.getString("name"), List.of((String[]) row.getArray("columns").getArray())))
            .list();
    List<Catalogue.Reference> references =
        db.createQuery(REFERENCES)
            .map((row, _) ->
                new Catalogue.Reference(row.getString("child"), row.getString("parent")))
            .list();
    return new Catalogue(schemaVersion(db), tables, references);
  }

  /// Of both schemas: a snapshot is restored where both are the same.
  String schemaVersion(Handle db) {
    return schemaVersion(db, SCHEMA) + " (registry " + schemaVersion(db, REGISTRY) + ")";
  }

  private static String schemaVersion(Handle db, String schema) {
    return db.createQuery(
            """
            SELECT version FROM %s.flyway_schema_history WHERE success AND version IS NOT NULL
             ORDER BY installed_rank DESC LIMIT 1
            """
                .formatted(schema))
        .mapTo(String.class)
        .one();
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
        "COPY (SELECT %s FROM %s) TO STDOUT".formatted(columns(table), quotedTable(table.name()));
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

  /// With its schema, where its name has one.
  static String quotedTable(String name) {
    return Stream.of(name.split("\\.", -1))
        .map(SnapshotStore::quoted)
        .collect(Collectors.joining("."));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
