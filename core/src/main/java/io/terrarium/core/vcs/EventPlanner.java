package io.terrarium.core.vcs;

import io.terrarium.core.vcshost.VcsEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Says which workspaces an event concerns, by the rules of their settings.
final class EventPlanner {
  private final BooleanSupplier runsForks;

  /// @param runsForks whether pull requests of forks are planned, too
  EventPlanner(BooleanSupplier runsForks) {
    this.runsForks = runsForks;
  }

  /// What is done for one event.
  ///
  /// @param untouched whom it would concern, had it changed files that matter to them
  /// @param pullRequest its number; null for a push or a tag
  /// @param unknown what nobody could find out; null where all is known
  record Plan(
      Commit commit,
      List<Follower> followers,
      List<Follower> untouched,
      @Nullable Long pullRequest,
      String what,
      @Nullable String unknown) {
    boolean isSpeculative() {
      return pullRequest != null;
    }
  }

  /// Empty where nothing follows.
  ///
  /// @throws HostAway where the host does not say what must be known, and may soon
  Optional<Plan> plan(
      VcsEvent event,
      FollowedRepository repository,
      List<Follower> followers,
      Findings.About about) {
    return switch (event) {
      case VcsEvent.Push push -> Optional.of(pushed(push, followers, about));
      case VcsEvent.TagPush tag -> Optional.of(tagged(tag, followers));
      case VcsEvent.PullRequest request -> requested(request, repository, followers, about);
      case VcsEvent.BranchDeleted _,
          VcsEvent.TagDeleted _,
          VcsEvent.Ping _,
          VcsEvent.Ignored _,
          VcsEvent.Malformed _ ->
          Optional.empty();
    };
  }

  private static Plan pushed(VcsEvent.Push push, List<Follower> all, Findings.About about) {
    Optional<String> usual = defaultBranch(push.repository().defaultBranch(), all, about);
    List<Follower> followers =
        all.stream().filter(one -> one.follows(push.branch(), usual)).toList();
    List<Follower> met = about.met(followers, push);
    return new Plan(
        new Commit(
            push.branch(),
            null,
            push.after(),
            push.message(),
            push.commitUrl(),
            push.compareUrl(),
            usual.map(push.branch()::equals).orElse(null),
            null,
            sender(push.sender())),
        met,
        List.of(),
        null,
        "a push to " + push.branch(),
        usual.isEmpty() && all.stream().anyMatch(one -> one.branch().isEmpty())
            ? "which branch is the default one"
            : null);
  }

  private static Plan tagged(VcsEvent.TagPush tag, List<Follower> all) {
    return new Plan(
        new Commit(
            null,
            tag.tag(),
            tag.sha(),
            tag.message(),
            tag.commitUrl(),
            null,
            null,
            null,
            sender(tag.sender())),
        all.stream().filter(one -> one.wantsTag(tag.tag())).toList(),
        List.of(),
        null,
        "the tag " + tag.tag(),
        null);
  }

  /// A fork's code is anybody's: it is run where the site allows it.
  private Optional<Plan> requested(
      VcsEvent.PullRequest request,
      FollowedRepository repository,
      List<Follower> all,
      Findings.About about) {
    boolean isRefused = request.isFromFork() && !runsForks.getAsBoolean();
    if (request.action() == VcsEvent.PullRequest.Action.CLOSED || isRefused) {
      return Optional.empty();
    }
    Optional<String> usual = defaultBranch(request.repository().defaultBranch(), all, about);
    List<Follower> followers =
        all.stream()
            .filter(Follower::isSpeculative)
            .filter(one -> one.follows(request.base().branch(), usual))
            .toList();
    Optional<String> sha = about.fullName(request.head().sha());
    List<Follower> met = sha.isEmpty() ? List.of() : about.met(followers, request);
    return Optional.of(
        new Plan(
            new Commit(
                request.head().branch(),
                null,
                sha.orElse(null),
                null,
                null,
                null,
                false,
                new Commit.PullRequest(
                    Math.toIntExact(request.number()),
                    request.title(),
                    request.body(),
                    request.url()),
                sender(request.sender())),
            met,
            followers.stream().filter(one -> !met.contains(one)).toList(),
            request.number(),
            "pull request " + request.number() + " of " + repository.identifier(),
            sha.isEmpty() ? "which commit " + request.head().sha() + " is" : null));
  }

  /// Asked for only where somebody follows it.
  private static Optional<String> defaultBranch(
      @Nullable String told, List<Follower> followers, Findings.About about) {
    if (told != null || followers.stream().noneMatch(one -> one.branch().isEmpty())) {
      return Optional.ofNullable(told);
    }
    return about.defaultBranch();
  }

  private static Commit.Sender sender(VcsEvent.Sender sender) {
    return new Commit.Sender(sender.username(), sender.avatarUrl(), sender.htmlUrl());
  }
}
