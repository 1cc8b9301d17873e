package io.terrarium.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a list of runs is narrowed to; what is empty narrows nothing.
///
/// @param group of statuses
/// @param ofAgents only runs in certain agent pools, of which there are none here
/// @param since when they were created, at the earliest
/// @param until when they were created, before
/// @param user part of the name of who created them
/// @param commit part of the hash of their commit, which no run has yet
/// @param text an id, or a part of the message or of the name of who created them
public record RunFilter(
    List<String> statuses,
    Optional<RunStatus.Group> group,
    List<String> operations,
    List<String> sources,
    List<String> workspaceNames,
    boolean ofAgents,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> user,
    Optional<String> commit,
    Optional<String> text) {

  /// The same where only certain operations are wanted, unless it names some.
  RunFilter withOperationsOr(List<String> usual) {
    return new RunFilter(
        statuses,
        group,
        operations.isEmpty() ? usual : operations,
        sources,
        workspaceNames,
        ofAgents,
        since,
        until,
        user,
        commit,
        text);
  }

  /// Counters know how many runs there are of each status and operation, and nothing else.
  boolean isCounted() {
    return sources.isEmpty()
        && workspaceNames.isEmpty()
        && !ofAgents
        && since.isEmpty()
        && until.isEmpty()
        && user.isEmpty()
        && commit.isEmpty()
        && text.isEmpty();
  }
}
