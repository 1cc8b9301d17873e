package io.terrarium.core.run;

import io.terrarium.contracts.internal.CurrentRuns;
import io.terrarium.kernel.database.Database;
import java.util.List;

/// How many runs are not at their end, for metrics.
public final class RunCounts {
  /// A series for each line: more than this would be more than a time series store wants.
  private static final int LINES_MAX = 1_000;

  // What is beyond the limit is told of by status alone, so that the sum stays right.
  private static final String CURRENT =
      """
      SELECT CASE WHEN place <= :max THEN organization ELSE '' END AS organization,
             CASE WHEN place <= :max THEN workspace ELSE '' END AS workspace,
             status, sum(runs) AS runs
        FROM (SELECT o.name AS organization, w.name AS workspace, c.status, c.runs,
                     row_number() OVER (ORDER BY c.runs DESC, w.id, c.status) AS place
                FROM (SELECT workspace_id, status, count(*) AS runs FROM runs
                       WHERE status NOT IN %s
                       GROUP BY workspace_id, status) c
                     JOIN workspaces w ON w.id = c.workspace_id
                     JOIN organizations o ON o.id = w.organization_id) counted
       GROUP BY 1, 2, 3
       ORDER BY 1, 2, 3
      """
          .formatted(RunStatus.FINAL_SQL);

  private final Database database;

  RunCounts(Database database) {
    this.database = database;
  }

  /// By workspace and status, by one query over the index of open runs.
  public CurrentRuns current() {
    List<CurrentRuns.Count> counts =
        database.read(db ->
            db.createQuery(CURRENT)
                .bind("max", LINES_MAX)
                .map((row, _) ->
                    new CurrentRuns.Count(
                        row.getString("organization"),
                        row.getString("workspace"),
                        row.getString("status"),
                        row.getLong("runs")))
                .list());
    return new CurrentRuns(CurrentRuns.VERSION, counts);
  }
}
