package io.terrarium.core.vcs;

import io.terrarium.contracts.ingress.Refs;
import io.terrarium.core.vcshost.ChangedFiles;
import io.terrarium.core.vcshost.Comparison;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.core.vcshost.VcsEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds out what an event leaves open, from its host or by Git. What nobody tells stays open:
/// everything matters then.
public final class Findings {
  private static final int FULL_NAME = 40;

  private final Hosts hosts;
  private final Repositories repositories;
  private final Clock clock;

  public Findings(Hosts hosts, Repositories repositories, Clock clock) {
    this.clock = clock;
    this.hosts = hosts;
    this.repositories = repositories;
  }

  /// @param since when the event came: a host that is away for a moment may be asked again
  About about(
      FollowedRepository repository, GitQuestions git, Map<String, String> flow, Instant since) {
    return new About(repository, git, flow, since);
  }

  /// About one repository.
  final class About {
    private final FollowedRepository repository;
    private final GitQuestions git;
    private final Map<String, String> flow;
    private final Instant since;

    private About(
        FollowedRepository repository, GitQuestions git, Map<String, String> flow, Instant since) {
      this.repository = repository;
      this.git = git;
      this.flow = flow;
      this.since = since;
    }

    /// @throws HostAway where it does not answer, and may soon
    Optional<String> defaultBranch() {
      Optional<Refs> refs = git.refs(repositories.remote(repository));
      if (refs.isEmpty() && HostAway.isExcused(since, clock)) {
        throw new HostAway("The default branch of " + repository.identifier() + " cannot be read.");
      }
      return refs.map(Refs::defaultBranch);
    }

    /// Those of `followers` that the files matter to. Nobody is asked where no one asks for files.
    List<Follower> met(List<Follower> followers, VcsEvent.Push push) {
      return met(followers, () -> changed(push));
    }

    List<Follower> met(List<Follower> followers, VcsEvent.PullRequest request) {
      return met(followers, () -> asked(new Comparison.OfPullRequest(request.number())));
    }

    /// `sha` in full, where the host has cut it; empty where it does not say.
    ///
    /// @throws HostAway where it does not answer, and may soon
    Optional<String> fullName(String sha) {
      return sha.length() >= FULL_NAME
          ? Optional.of(sha)
          : connection().flatMap(host -> fullName(host, sha));
    }

    private Optional<String> fullName(HostConnection host, String sha) {
      return switch (Hosts.of(repository).commit(host, repository.identifier(), sha)) {
        case Outcome.Done<String>(String full) -> Optional.of(full);
        case Outcome.Failed<String>(Trouble.Passing trouble)
            when HostAway.isExcused(since, clock) ->
            throw new HostAway(trouble.reason());
        case Outcome.Failed<String> _ -> Optional.empty();
      };
    }

    private List<Follower> met(List<Follower> followers, Supplier<ChangedFiles> changed) {
      if (followers.stream().noneMatch(one -> one.files().asks())) {
        return followers;
      }
      ChangedFiles files = changed.get();
      return followers.stream().filter(one -> one.files().isMetBy(files)).toList();
    }

    private ChangedFiles changed(VcsEvent.Push push) {
      String before = push.before();
      if (push.changed().isComplete() || before == null) {
        return push.changed();
      }
      ChangedFiles told = asked(new Comparison.OfCommits(before, push.after()));
      return told.isComplete()
          ? told
          : git.changes(repositories.remote(repository), before, push.after())
              .map(changes -> new ChangedFiles(changes.files(), changes.isComplete()))
              .orElse(ChangedFiles.UNKNOWN);
    }

    private ChangedFiles asked(Comparison comparison) {
      return connection()
          .map(host ->
              switch (Hosts.of(repository)
                  .changedFiles(host, repository.identifier(), comparison)) {
                case Outcome.Done<ChangedFiles>(ChangedFiles files) -> files;
                case Outcome.Failed<ChangedFiles> _ -> ChangedFiles.UNKNOWN;
              })
          .orElse(ChangedFiles.UNKNOWN);
    }

    private Optional<HostConnection> connection() {
      return hosts.connection(repository, flow);
    }
  }
}
