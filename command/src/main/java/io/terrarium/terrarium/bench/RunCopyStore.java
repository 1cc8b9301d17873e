package io.terrarium.terrarium.bench;

import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.terrarium.MeshFault;
import java.nio.file.Path;
import java.util.List;

/// SQL that makes many runs of one. It names no column but those that must differ, so that it goes
/// on working when others are added.
final class RunCopyStore implements AutoCloseable {
  private static final String COPY_RUN =
      """
      INSERT INTO runs OVERRIDING SYSTEM VALUE
      SELECT copy.*
        FROM runs r
       CROSS JOIN generate_series(1, :count) AS number
       CROSS JOIN LATERAL jsonb_populate_record(r, jsonb_build_object(
               'id', nextval(pg_get_serial_sequence('runs', 'id')),
               'external_id',
               'run-bench' || lpad(translate(number::text, '0', 'A'), 11, 'z'))) AS copy
       WHERE r.external_id = :run
      """;

  private static final String COPY_PHASES =
      """
      INSERT INTO phases OVERRIDING SYSTEM VALUE
      SELECT copy.*
        FROM runs r
        JOIN phases p ON p.run_id = r.id
        JOIN runs other ON other.workspace_id = r.workspace_id AND other.external_id LIKE 'run-bench%'
       CROSS JOIN LATERAL jsonb_populate_record(p, jsonb_build_object(
               'id', nextval(pg_get_serial_sequence('phases', 'id')),
               'run_id', other.id,
               'external_id', split_part(p.external_id, '-', 1) || '-'
                 || substr(other.external_id, 5))) AS copy
       WHERE r.external_id = :run
      """;

  private static final String COUNT =
      """
      UPDATE run_counters c SET runs = c.runs + :count
        FROM runs r
       WHERE r.external_id = :run AND c.workspace_id = r.workspace_id AND c.status = r.status
         AND c.operation = r.operation
      """;

  private final Database database;

  private RunCopyStore(Database database) {
    this.database = database;
  }

  /// The database of the mesh that runs on `data`.
  static RunCopyStore open(Path data) {
    MeshData mesh = new MeshData(data);
    DatabaseConfig config =
        new DatabaseConfig(
            "jdbc:postgresql://127.0.0.1:" + mesh.port("postgres") + "/terrarium",
            "terrarium",
            mesh.secret("postgres_password"),
            1);
    return new RunCopyStore(Database.open(config, "bench", "atlas", List.of()));
  }

  /// Adds as many copies of a finished run, and has the tables looked after, as they would have
  /// been by now if the runs had come one by one.
  void copy(String run, int count) {
    database.useTransaction(db -> {
      db.createUpdate(COPY_RUN).bind("count", count).bind("run", run).execute();
      db.createUpdate(COPY_PHASES).bind("run", run).execute();
      int counted = db.createUpdate(COUNT).bind("count", count).bind("run", run).execute();
      if (counted != 1) {
        throw new MeshFault("the run " + run + " is not counted once but " + counted + " times");
      }
    });
    database.read(db -> db.execute("VACUUM (ANALYZE) runs, phases, run_counters"));
  }

  @Override
  public void close() {
    database.close();
  }
}
