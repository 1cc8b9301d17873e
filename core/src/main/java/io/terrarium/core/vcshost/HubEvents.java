package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Action;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Webhooks of GitHub, and of Gitea and Forgejo, which took over their form and added to it.
final class HubEvents {
  /// GitHub leaves out what is beyond.
  private static final int COMMITS_MAX = 2_048;

  /// Gitea's `webhook.PAYLOAD_COMMIT_LIMIT`, for releases that do not count what they leave out.
  private static final int GITEA_COMMITS_MAX = 15;

  private static final Sieve WANTED =
      Sieve.of(
          "action",
          "number",
          "ref",
          "ref_type",
          "before",
          "after",
          "created",
          "forced",
          "compare",
          "compare_url",
          "total_commits",
          "head_commit.id",
          "head_commit.message",
          "head_commit.url",
          "commits.id",
          "commits.message",
          "commits.url",
          "commits.added",
          "commits.modified",
          "commits.removed",
          "changes.base",
          "changes.ref",
          "pull_request.title",
          "pull_request.body",
          "pull_request.html_url",
          "pull_request.merged",
          "pull_request.head.ref",
          "pull_request.head.sha",
          "pull_request.head.repo.full_name",
          "pull_request.base.ref",
          "pull_request.base.sha",
          "repository.full_name",
          "repository.default_branch",
          "repository.clone_url",
          "repository.ssh_url",
          "repository.html_url",
          "sender.login",
          "sender.avatar_url",
          "sender.html_url");

  private HubEvents() {}

  /// @param kind what the header of the event says
  static List<VcsEvent> read(WebhookRequest request, Optional<String> kind) {
    return switch (kind.orElse("")) {
      case "" -> EventReader.malformed("No header says what kind of event it is.");
      case "ping" -> List.of(new VcsEvent.Ping());
      case "push" -> EventReader.read(request, WANTED, HubEvents::push);
      case "delete" -> EventReader.read(request, WANTED, HubEvents::deletion);
      case "pull_request" -> EventReader.read(request, WANTED, HubEvents::pullRequest);
      default -> EventReader.ignored(kind.get());
    };
  }

  private static List<VcsEvent> push(Fields push) {
    Optional<GitRef> ref = GitRef.of(push.required("ref"));
    if (ref.isEmpty()) {
      return EventReader.ignored("push of " + push.required("ref"));
    }
    Fields newest = newest(push);
    return List.of(
        new RefUpdate(
                repository(push.at("repository")),
                ref.get(),
                push.required("before"),
                push.required("after"),
                newest.text("id"),
                newest.text("message"),
                newest.text("url"),
                push.first("compare", "compare_url"),
                changed(push),
                sender(push))
            .event());
  }

  private static Fields newest(Fields push) {
    return push.has("head_commit")
        ? push.at("head_commit")
        : push.list("commits").stream()
            .filter(commit -> push.required("after").equals(commit.text("id")))
            .findFirst()
            .orElse(Fields.NONE);
  }

  /// A branch that is new or was rewritten has lost or gained files that no commit of it tells of.
  private static ChangedFiles changed(Fields push) {
    List<Fields> commits = push.list("commits");
    boolean isRewritten =
        push.is("created")
            || push.is("forced")
            || EventReader.isNothing(push.required("before"))
            || commits.isEmpty();
    return ChangedFiles.of(
        commits.stream().flatMap(HubEvents::files).toList(),
        areAllTold(push, commits.size()) && !isRewritten && push.isWhole());
  }

  private static boolean areAllTold(Fields push, int commits) {
    if (push.has("total_commits")) {
      return commits == push.number("total_commits", 0);
    }
    return commits < (push.has("compare_url") ? GITEA_COMMITS_MAX : COMMITS_MAX);
  }

  static Stream<String> files(Fields commit) {
    return Stream.of("added", "modified", "removed").flatMap(list -> commit.texts(list).stream());
  }

  /// GitHub tells of what is deleted by a push too; Gitea tells of branches this way alone.
  private static List<VcsEvent> deletion(Fields event) {
    Repository repository = repository(event.at("repository"));
    String name = event.required("ref");
    return switch (event.required("ref_type")) {
      case "branch" -> List.of(new VcsEvent.BranchDeleted(repository, name, sender(event)));
      case "tag" -> List.of(new VcsEvent.TagDeleted(repository, name, sender(event)));
      default -> EventReader.ignored("delete " + event.required("ref_type"));
    };
  }

  private static List<VcsEvent> pullRequest(Fields event) {
    String action = event.required("action");
    Optional<Action> known = action(action, event);
    if (known.isEmpty()) {
      return EventReader.ignored("pull_request " + action);
    }
    Fields request = event.at("pull_request");
    return List.of(
        new PullRequest(
            repository(event.at("repository")),
            event.requiredNumber("number"),
            known.get(),
            request.is("merged"),
            request.text("title", ""),
            request.text("body", ""),
            request.text("html_url"),
            new PullRequest.Head(
                request.required("head.ref"),
                request.required("head.sha"),
                request.text("head.repo.full_name")),
            new PullRequest.Base(request.required("base.ref"), request.text("base.sha")),
            sender(event)));
  }

  private static Optional<Action> action(String action, Fields event) {
    return switch (action) {
      case "opened", "reopened" -> Optional.of(Action.OPENED);
      // GitHub's word and Gitea's.
      case "synchronize", "synchronized" -> Optional.of(Action.UPDATED);
      case "closed" -> Optional.of(Action.CLOSED);
      // Another base makes another merge; another title does not.
      case "edited" ->
          event.has("changes.base") || event.has("changes.ref")
              ? Optional.of(Action.UPDATED)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  static Repository repository(Fields repository) {
    return new Repository(
        repository.required("full_name"),
        repository.text("default_branch"),
        repository.text("clone_url"),
        repository.text("ssh_url"),
        repository.text("html_url"));
  }

  private static Sender sender(Fields event) {
    return new Sender(
        event.text("sender.login"), event.text("sender.avatar_url"), event.text("sender.html_url"));
  }
}
