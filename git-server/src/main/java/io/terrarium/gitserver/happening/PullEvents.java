package io.terrarium.gitserver.happening;

import io.terrarium.gitserver.happening.Happening.Move;
import io.terrarium.gitserver.happening.Happening.PullChanged;
import io.terrarium.gitserver.happening.PushEvents.Place;
import io.terrarium.gitserver.pull.Pull;
import io.terrarium.gitserver.pull.PullDocument;
import io.terrarium.gitserver.pull.Pulls;
import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.History;
import io.terrarium.gitserver.repository.PersonDocument;
import io.terrarium.gitserver.repository.RepositoryDocument;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/// What Gitea tells of pull requests: those that people change, and those that a push changes.
record PullEvents(Addresses addresses, Clock clock) {
  private static final String EVENT = "pull_request";

  record Body(
      String action,
      long number,
      PullDocument pullRequest,
      RepositoryDocument repository,
      PersonDocument sender) {}

  /// Nothing where it was written down but not done: the process died before.
  Optional<Told> of(PullChanged change, Pulls pulls, Place place) {
    return pulls
        .find(change.number())
        .filter(pull -> pull.isOpen() != change.action().equals("closed"))
        .map(pull -> told(change.action(), pull, place));
  }

  /// Changes the pull requests whose branches were moved. Done twice it does and tells the same:
  /// the ones that it has closed know by which happening.
  List<Told> after(String happening, List<Move> moves, History history, Pulls pulls, Place place) {
    List<Told> told = new ArrayList<>();
    for (Pull pull : pulls.all()) {
      if (!pull.isOpen() && !happening.equals(pull.closedBy())) {
        continue;
      }
      Optional<Move> head = move(moves, pull.head());
      Optional<Move> base = move(moves, pull.base());
      if (head.isPresent()) {
        told.add(moved(happening, pull, head.get(), history, pulls, place));
      } else if (base.isPresent()) {
        merged(happening, pull, base.get(), history, pulls, place).ifPresent(told::add);
      }
    }
    return told;
  }

  private static Optional<Move> move(List<Move> moves, String branch) {
    return moves.stream().filter(move -> move.ref().equals(Constants.R_HEADS + branch)).findFirst();
  }

  /// A pull request whose branch is gone is closed.
  private Told moved(
      String happening, Pull pull, Move head, History history, Pulls pulls, Place place) {
    if (head.after().equals(PushEvents.NOTHING)) {
      Pull closed = pull.closed(pull.isMerged(), happening, clock.instant());
      pulls.keep(closed);
      return told("closed", closed, place);
    }
    String base =
        history.at(Constants.R_HEADS + pull.base()).map(RevCommit::name).orElse(pull.baseSha());
    Pull newer = pull.at(head.after(), base, clock.instant());
    pulls.keep(newer);
    return told("synchronized", newer, place);
  }

  /// Whoever has merged by pushing has merged: the commits have come to where they were meant to.
  private Optional<Told> merged(
      String happening, Pull pull, Move base, History history, Pulls pulls, Place place) {
    Optional<RevCommit> head = history.commit(ObjectId.fromString(pull.headSha()));
    Optional<RevCommit> into =
        base.after().equals(PushEvents.NOTHING)
            ? Optional.empty()
            : history.commit(ObjectId.fromString(base.after()));
    if (head.isEmpty() || into.isEmpty() || !history.leadsTo(head.get(), into.get())) {
      return Optional.empty();
    }
    Pull merged =
        pull.at(pull.headSha(), base.after(), clock.instant())
            .closed(true, happening, clock.instant());
    pulls.keep(merged);
    return Optional.of(told("closed", merged, place));
  }

  private Told told(String action, Pull pull, Place place) {
    return new Told(
        EVENT,
        action.equals("synchronized") ? "pull_request_sync" : "pull_request_only",
        new Body(
            action,
            pull.number(),
            PullDocument.of(pull, place.name(), place.repository(), addresses),
            place.repository(),
            place.sender()));
  }
}
