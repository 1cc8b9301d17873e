package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.database.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks up what belongs to runs beside their rows: by one query for the histories that were not
/// found with them, one more if any has a cause, and one call to vault if any has variables.
final class RunDetailsReader {
  private final Database database;
  private final RunCreation creation;
  private final RunEventStore events = new RunEventStore();
  private final RunCauseStore causes = new RunCauseStore();

  RunDetailsReader(Database database, RunCreation creation) {
    this.database = database;
    this.creation = creation;
  }

  List<RunDetails> read(List<VisibleRun> visible) {
    List<Run> runs = visible.stream().map(VisibleRun::run).toList();
    Map<Long, RunCause> reasons = causesOf(runs);
    Map<Long, HistoryIds> histories = historiesOf(visible);
    Map<RunId, List<NewRun.Variable>> variables = creation.given(runs);
    return runs.stream()
        .map(run ->
            new RunDetails(
                variables.getOrDefault(run.id(), List.of()),
                histories.getOrDefault(run.key(), HistoryIds.NONE),
                reasons.getOrDefault(run.key(), RunCause.NONE)))
        .toList();
  }

  private Map<Long, RunCause> causesOf(List<Run> runs) {
    List<Run> caused = runs.stream().filter(Run::hasCause).toList();
    return caused.isEmpty() ? Map.of() : database.read(db -> causes.findAll(db, caused));
  }

  private Map<Long, HistoryIds> historiesOf(List<VisibleRun> visible) {
    Map<Long, HistoryIds> found = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (VisibleRun one : visible) {
      if (one.history() == null) {
        unknown.add(one.run().key());
      } else {
        found.put(one.run().key(), one.history());
      }
    }
    if (!unknown.isEmpty()) {
      found.putAll(database.read(db -> events.ids(db, unknown)));
    }
    return found;
  }
}
