package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.database.Database;

/// The rows of phases as a test looks at them, and time as it passes for them: leases and limits
/// are compared with the database's clock, which no test can move.
final class PhaseRows {
  private final Database database;

  PhaseRows(Database database) {
    this.database = database;
  }

  /// Its worker has not been heard of for a minute longer than it may be silent.
  void expireLease(String phaseId) {
    update("lease_until = now() - interval '1 minute'", phaseId);
  }

  /// It takes three minutes longer than it may.
  void passTimeLimit(String phaseId) {
    leaveTime(phaseId, -180);
  }

  /// It may take that many seconds more.
  void leaveTime(String phaseId, int seconds) {
    update("deadline_at = now() + interval '" + seconds + " seconds'", phaseId);
  }

  private void update(String assignment, String phaseId) {
    database.useTransaction(db ->
        db.execute(
            "UPDATE phases SET " + assignment + " WHERE external_id = ? AND status = 'running'",
            phaseId));
  }

  /// Its last command went to the broker that many minutes ago.
  void release(String phaseId, int minutesAgo) {
    database.useTransaction(db ->
        db.execute(
            "UPDATE phases SET released_at = now() - ? * interval '1 minute'"
                + " WHERE external_id = ?",
            minutesAgo,
            phaseId));
  }

  /// How many commands for it have gone to the broker.
  int commands(String phaseId) {
    return database.read(db ->
        db.createQuery("SELECT command FROM phases WHERE external_id = :id")
            .bind("id", phaseId)
            .mapTo(Integer.class)
            .one());
  }

  boolean isRunning(String phaseId) {
    return is("status = 'running'", phaseId);
  }

  boolean isHeldBy(String worker, String phaseId) {
    return is("status = 'running' AND worker = '" + worker + "'", phaseId);
  }

  private boolean is(String condition, String phaseId) {
    return database.read(db ->
        db.createQuery("SELECT " + condition + " IS TRUE FROM phases WHERE external_id = :id")
            .bind("id", phaseId)
            .mapTo(Boolean.class)
            .one());
  }

  /// All that is known of a run, to see whether anything has changed.
  String of(RunId run) {
    return database.read(db ->
        db.createQuery(
                """
                SELECT concat_ws(E'\\n', r::text, w::text,
                         (SELECT string_agg(p::text, E'\\n' ORDER BY p.id)
                            FROM phases p WHERE p.run_id = r.id),
                         (SELECT string_agg(e::text, E'\\n' ORDER BY e.id)
                            FROM run_events e WHERE e.run_id = r.id),
                         (SELECT count(*) FROM outbox o WHERE o.flow = r.external_id))
                  FROM runs r JOIN workspaces w ON w.id = r.workspace_id
                 WHERE r.external_id = :run
                """)
            .bind("run", run.value())
            .mapTo(String.class)
            .one());
  }
}
