package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of who has canceled runs, and of what has set them off. Few runs have either, so no other
/// query reads it along.
final class RunCauseStore {
  private static final String FIND =
      """
      SELECT r.id, u.external_id AS canceled_by, t.external_id AS triggering_run,
             w.external_id AS source, w.name AS source_name
        FROM runs r
             LEFT JOIN users u ON u.id = r.canceled_by_user_id
             LEFT JOIN runs t ON t.id = r.triggering_run_id
             LEFT JOIN workspaces w ON w.id = t.workspace_id
       WHERE r.id = ANY (:runs)
      """;

  private static final String SET_TRIGGER =
      """
      UPDATE runs SET triggering_run_id = (SELECT t.id FROM runs t WHERE t.external_id = :source)
       WHERE id = :run
      """;

  /// By the keys of the runs.
  Map<Long, RunCause> findAll(Handle db, List<Run> caused) {
    Map<Long, RunCause> causes = new HashMap<>();
    db.createQuery(FIND)
        .bindArray("runs", Long.class, caused.stream().map(Run::key).toList())
        .map((row, _) -> causes.put(row.getLong("id"), read(row)))
        .list();
    return causes;
  }

  void setTrigger(Handle db, Run run, RunId source) {
    db.createUpdate(SET_TRIGGER).bind("source", source.value()).bind("run", run.key()).execute();
  }

  private static RunCause read(ResultSet row) throws SQLException {
    @Nullable String triggering = row.getString("triggering_run");
    return new RunCause(
        Optional.ofNullable(row.getString("canceled_by")).map(UserId::new),
        triggering == null
            ? Optional.empty()
            : Optional.of(
                new RunCause.Trigger(
                    new RunId(triggering),
                    new WorkspaceId(row.getString("source")),
                    row.getString("source_name"))));
  }
}
