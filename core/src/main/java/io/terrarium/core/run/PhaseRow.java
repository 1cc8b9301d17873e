package io.terrarium.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A plan or an apply as a row that was selected.
final class PhaseRow {
  private PhaseRow() {}

  static RunPhase read(ResultSet row) throws SQLException {
    String objectId = row.getString("state_object_id");
    int additions = row.getInt("resource_additions");
    RunPhase.@Nullable Counts counts =
        row.wasNull()
            ? null
            : new RunPhase.Counts(
                additions,
                row.getInt("resource_changes"),
                row.getInt("resource_destructions"),
                row.getInt("resource_imports"));
    return new RunPhase(
        row.getLong("id"),
        row.getString("external_id"),
        row.getLong("run_id"),
        Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
        RunPhase.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("command"),
        row.getInt("attempt"),
        row.getString("worker"),
        RunRow.instant(row, "lease_until"),
        row.getBoolean("has_changes"),
        counts,
        row.getString("generated_configuration"),
        objectId == null
            ? null
            : new RunPhase.UploadedState(
                objectId, row.getLong("state_bytes"), row.getString("state_md5")),
        new RunPhase.Kept(
            row.getString("backing_data").equals("present"),
            row.getBoolean("has_schemas"),
            row.getString("errored_state_object_id")),
        StatusTimestamps.of(row.getString("status_timestamps")),
        timings(row.getString("timings")));
  }

  private static BuildEvent.Timings timings(String json) {
    try {
      return new BuildEvent.Timings(
          List.of(Json.SNAKE.readValue(json, BuildEvent.Timings.Timing[].class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds timings", e);
    }
  }
}
