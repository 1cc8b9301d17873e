package io.terrarium.core.run;

import java.util.List;

/// What belongs to a run beside its row.
///
/// @param variables that were given with the run itself
public record RunDetails(List<NewRun.Variable> variables, HistoryIds history, RunCause cause) {}
