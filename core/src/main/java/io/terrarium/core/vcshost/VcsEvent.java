package io.terrarium.core.vcshost;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a Git host tells by a webhook.
public sealed interface VcsEvent {
  /// Commits have come to a branch, or it is new.
  ///
  /// @param before absent for a new branch
  /// @param after its newest commit
  /// @param message of that commit, absent where the host does not tell
  /// @param changed files by all of the commits together
  record Push(
      Repository repository,
      String branch,
      @Nullable String before,
      String after,
      @Nullable String message,
      @Nullable String commitUrl,
      @Nullable String compareUrl,
      ChangedFiles changed,
      Sender sender)
      implements VcsEvent {

    /// Empty where the host does not tell which branch that is.
    public Optional<Boolean> isOnDefaultBranch() {
      return Optional.ofNullable(repository.defaultBranch()).map(branch::equals);
    }
  }

  /// A branch is gone.
  record BranchDeleted(Repository repository, String branch, Sender sender) implements VcsEvent {}

  /// A tag has been made or moved.
  ///
  /// @param sha of the commit where the host tells it, else of the tag itself, which may be an
  ///   object of its own
  /// @param message of the commit, absent where the host does not tell
  record TagPush(
      Repository repository,
      String tag,
      String sha,
      @Nullable String message,
      @Nullable String commitUrl,
      Sender sender)
      implements VcsEvent {}

  /// A tag is gone.
  record TagDeleted(Repository repository, String tag, Sender sender) implements VcsEvent {}

  /// A pull or merge request was opened, changed in what it would merge, or closed.
  ///
  /// @param repository where it is to go
  /// @param isMerged only of one that is closed
  record PullRequest(
      Repository repository,
      long number,
      Action action,
      boolean isMerged,
      String title,
      String body,
      @Nullable String url,
      Head head,
      Base base,
      Sender sender)
      implements VcsEvent {

    /// What was done.
    public enum Action {
      /// For the first time or again.
      OPENED,
      UPDATED,
      CLOSED
    }

    /// What is to be merged.
    ///
    /// @param sha may be cut to its first digits
    /// @param repository identifier, absent where that is gone
    public record Head(String branch, String sha, @Nullable String repository) {}

    /// Where it is to go.
    ///
    /// @param sha may be cut to its first digits; absent where the host does not tell
    public record Base(String branch, @Nullable String sha) {}

    public boolean isFromFork() {
      return !repository.identifier().equals(head.repository());
    }
  }

  /// The host tries whether somebody listens.
  record Ping() implements VcsEvent {}

  /// Nothing that matters here.
  ///
  /// @param kind what it is, in the host's words
  record Ignored(String kind) implements VcsEvent {}

  /// Not what the host's documentation promises.
  ///
  /// @param reason for people
  record Malformed(String reason) implements VcsEvent {}

  /// Who did it; hosts tell more or less of them.
  record Sender(@Nullable String username, @Nullable String avatarUrl, @Nullable String htmlUrl) {
    static final Sender UNKNOWN = new Sender(null, null, null);
  }
}
