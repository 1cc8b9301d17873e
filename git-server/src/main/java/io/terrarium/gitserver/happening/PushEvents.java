package io.terrarium.gitserver.happening;

import io.terrarium.gitserver.happening.Happening.Move;
import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.CommitDocument;
import io.terrarium.gitserver.repository.FileChanges;
import io.terrarium.gitserver.repository.History;
import io.terrarium.gitserver.repository.PersonDocument;
import io.terrarium.gitserver.repository.RepositoryDocument;
import io.terrarium.gitserver.repository.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/// What Gitea tells of branches and tags that were moved.
record PushEvents(Addresses addresses) {
  /// As Gitea has it by default.
  private static final int COMMITS_MAX = 15;

  static final String NOTHING = ObjectId.zeroId().name();

  /// The body of `push`.
  ///
  /// @param forced beyond Gitea's own: whether commits were taken away
  record Push(
      String ref,
      String before,
      String after,
      boolean forced,
      String compareUrl,
      List<CommitDocument> commits,
      int totalCommits,
      @Nullable CommitDocument headCommit,
      RepositoryDocument repository,
      PersonDocument pusher,
      PersonDocument sender) {}

  /// The body of `delete`.
  record Deletion(
      String ref,
      String refType,
      String pusherType,
      RepositoryDocument repository,
      PersonDocument sender) {}

  /// Where a move is told of: the repository, and who moves.
  record Place(RepositoryName name, RepositoryDocument repository, PersonDocument sender) {}

  /// Empty for what is neither a branch nor a tag, or leads to no commit.
  Optional<Told> of(Move move, History history, Place place) {
    boolean isBranch = move.ref().startsWith(Constants.R_HEADS);
    if (!isBranch && !move.ref().startsWith(Constants.R_TAGS)) {
      return Optional.empty();
    }
    if (move.after().equals(NOTHING)) {
      String prefix = isBranch ? Constants.R_HEADS : Constants.R_TAGS;
      return Optional.of(
          new Told(
              "delete",
              "delete",
              new Deletion(
                  move.ref().substring(prefix.length()),
                  isBranch ? "branch" : "tag",
                  "user",
                  place.repository(),
                  place.sender())));
    }
    return history
        .commit(ObjectId.fromString(move.after()))
        .map(
            head -> isBranch ? branch(move, head, history, place) : tag(move, head, history, place))
        .map(push -> new Told("push", "push", push));
  }

  /// A tag is told of as new wherever it was before, by the commit that it leads to.
  private Push tag(Move move, RevCommit head, History history, Place place) {
    CommitDocument commit = document(head, history.changes(head), place);
    return new Push(
        move.ref(),
        NOTHING,
        head.name(),
        false,
        addresses.compare(place.name(), NOTHING, head.name()),
        List.of(),
        0,
        commit,
        place.repository(),
        place.sender(),
        place.sender());
  }

  private Push branch(Move move, RevCommit head, History history, Place place) {
    Optional<RevCommit> before =
        move.before().equals(NOTHING)
            ? Optional.empty()
            : history.commit(ObjectId.fromString(move.before()));
    boolean isForced =
        !move.before().equals(NOTHING)
            && !before.filter(old -> history.leadsTo(old, head)).isPresent();
    // Of a new branch, those commits are new that no other branch has.
    History.Stretch stretch =
        history.between(
            before.map(List::of).orElseGet(() -> history.branchesBut(move.ref())),
            head,
            COMMITS_MAX);
    List<CommitDocument> commits = new ArrayList<>();
    int files = 0;
    for (RevCommit commit : stretch.commits()) {
      FileChanges changes = history.changes(commit);
      files += changes.count();
      if (!changes.isWhole() || files > History.FILES_MAX) {
        // Who counts the commits sees that some are left out, and asks.
        break;
      }
      commits.add(document(commit, changes, place));
    }
    return new Push(
        move.ref(),
        move.before(),
        move.after(),
        isForced,
        addresses.compare(place.name(), move.before(), move.after()),
        commits,
        stretch.total(),
        document(head, new FileChanges(List.of(), List.of(), List.of(), true), place),
        place.repository(),
        place.sender(),
        place.sender());
  }

  private CommitDocument document(RevCommit commit, FileChanges changes, Place place) {
    return CommitDocument.of(commit, changes, addresses.commit(place.name(), commit.name()));
  }
}
