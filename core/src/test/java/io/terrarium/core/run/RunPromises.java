package io.terrarium.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.database.Database;

/// What holds of runs, phases and workspaces at every moment.
final class RunPromises {
  private static final String FINAL =
      "('applied', 'planned_and_finished', 'policy_soft_failed', 'discarded', 'errored',"
          + " 'canceled', 'force_canceled')";

  // A saved plan needs the workspace only from its confirmation on.
  private static final String HOLDING =
      "r.status <> 'pending' AND r.status NOT IN "
          + FINAL
          + " AND NOT r.plan_only AND (NOT r.save_plan OR r.status IN"
          + " ('confirmed', 'queuing_apply', 'apply_queued', 'applying'))";

  private static final String TWO_AT_WORK =
      "SELECT count(*) FROM (SELECT workspace_id FROM runs r WHERE "
          + HOLDING
          + " GROUP BY workspace_id HAVING count(*) > 1) two";

  private static final String AT_WORK_WITHOUT_LOCK =
      "SELECT count(*) FROM runs r JOIN workspaces w ON w.id = r.workspace_id WHERE "
          + HOLDING
          + " AND w.locked_by_id IS DISTINCT FROM r.external_id";

  private static final String HELD_FOR_NOTHING =
      "SELECT count(*) FROM workspaces w JOIN runs r ON r.external_id = w.locked_by_id WHERE NOT ("
          + HOLDING
          + ")";

  private static final String OVERTAKEN =
      "SELECT count(*) FROM runs late JOIN runs early ON early.workspace_id = late.workspace_id AND"
          + " early.id < late.id WHERE early.status = 'pending' AND NOT late.plan_only AND NOT"
          + " late.save_plan AND jsonb_exists(late.status_timestamps, 'queuing-at')";

  private static final String MISCOUNTED =
      "SELECT count(*) FROM (SELECT workspace_id, status, operation, count(*) AS runs FROM runs"
          + " GROUP BY 1, 2, 3) real FULL JOIN (SELECT * FROM run_counters WHERE runs <> 0) counted"
          + " USING (workspace_id, status, operation) WHERE real.runs IS DISTINCT FROM counted.runs";

  private static final String OPEN_PHASES =
      "SELECT count(*) FROM phases p JOIN runs r ON r.id = p.run_id WHERE r.status IN "
          + FINAL
          + " AND (p.status IN ('pending', 'queued', 'running') OR p.lease_until IS NOT NULL)";

  private static final String TRIED_TOO_OFTEN =
      "SELECT count(*) FROM phases WHERE attempt > CASE phase WHEN 'plan' THEN 3 ELSE 1 END";

  private final Database database;

  RunPromises(Database database) {
    this.database = database;
  }

  void check() {
    assertThat(count(TWO_AT_WORK)).as("workspaces with two runs at work").isZero();
    assertThat(count(AT_WORK_WITHOUT_LOCK)).as("runs at work that do not hold the lock").isZero();
    assertThat(count(HELD_FOR_NOTHING)).as("locks of runs that need none").isZero();
    assertThat(count(OVERTAKEN)).as("runs that an older pending run was overtaken by").isZero();
    assertThat(count(MISCOUNTED)).as("counters that do not count").isZero();
    assertThat(count(OPEN_PHASES)).as("phases still open though their run has ended").isZero();
    assertThat(count(TRIED_TOO_OFTEN)).as("phases that were claimed too often").isZero();
  }

  /// Once nothing is left to do.
  void checkRest() {
    check();
    assertThat(count("SELECT count(*) FROM runs WHERE status NOT IN " + FINAL))
        .as("open runs")
        .isZero();
    assertThat(count("SELECT count(*) FROM workspaces WHERE locked_by_id IS NOT NULL"))
        .as("locked workspaces")
        .isZero();
  }

  private long count(String sql) {
    return database.read(db -> db.createQuery(sql).mapTo(Long.class).one());
  }
}
