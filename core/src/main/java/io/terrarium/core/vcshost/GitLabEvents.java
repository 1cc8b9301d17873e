package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Action;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import java.util.List;
import java.util.Optional;

/// Webhooks of GitLab.
final class GitLabEvents {
  private static final Sieve PUSH =
      Sieve.of(
          "ref",
          "before",
          "after",
          "checkout_sha",
          "user_username",
          "user_name",
          "user_avatar",
          "total_commits_count",
          "project.path_with_namespace",
          "project.default_branch",
          "project.git_http_url",
          "project.git_ssh_url",
          "project.web_url",
          "commits.id",
          "commits.message",
          "commits.url",
          "commits.added",
          "commits.modified",
          "commits.removed");

  private static final Sieve MERGE_REQUEST =
      Sieve.of(
          "user.username",
          "user.avatar_url",
          "project.path_with_namespace",
          "project.default_branch",
          "project.git_http_url",
          "project.git_ssh_url",
          "project.web_url",
          "object_attributes.iid",
          "object_attributes.action",
          "object_attributes.oldrev",
          "object_attributes.title",
          "object_attributes.description",
          "object_attributes.url",
          "object_attributes.source_branch",
          "object_attributes.target_branch",
          "object_attributes.last_commit.id",
          "object_attributes.source.path_with_namespace",
          "changes.target_branch");

  private GitLabEvents() {}

  /// @param kind what the header of the event says
  static List<VcsEvent> read(WebhookRequest request, Optional<String> kind) {
    return switch (kind.orElse("")) {
      case "" -> EventReader.malformed("No header says what kind of event it is.");
      case "Push Hook", "Tag Push Hook" -> EventReader.read(request, PUSH, GitLabEvents::push);
      case "Merge Request Hook" ->
          EventReader.read(request, MERGE_REQUEST, GitLabEvents::mergeRequest);
      default -> EventReader.ignored(kind.get());
    };
  }

  private static List<VcsEvent> push(Fields push) {
    Optional<GitRef> ref = GitRef.of(push.required("ref"));
    if (ref.isEmpty()) {
      return EventReader.ignored("push of " + push.required("ref"));
    }
    String after = push.required("after");
    // Of a tag that is an object of its own, `after` names the tag and this the commit.
    String commit = push.text("checkout_sha");
    Fields newest =
        push.list("commits").stream()
            .filter(told -> after.equals(told.text("id")))
            .findFirst()
            .orElse(Fields.NONE);
    return List.of(
        new RefUpdate(
                repository(push.at("project")),
                ref.get(),
                push.required("before"),
                after,
                commit,
                newest.text("message"),
                newest.text("url"),
                compareUrl(push),
                changed(push),
                new Sender(
                    push.first("user_username", "user_name"), push.text("user_avatar"), null))
            .event());
  }

  private static String compareUrl(Fields push) {
    return push.text("project.web_url", "")
        + "/-/compare/"
        + push.required("before")
        + "..."
        + push.required("after");
  }

  /// The newest twenty commits are told, and how many there were. A rewritten branch looks like any
  /// other.
  private static ChangedFiles changed(Fields push) {
    List<Fields> commits = push.list("commits");
    boolean isAllThere =
        !commits.isEmpty()
            && commits.size() == push.number("total_commits_count", -1)
            && !EventReader.isNothing(push.required("before"));
    return ChangedFiles.of(
        commits.stream().flatMap(HubEvents::files).toList(), isAllThere && push.isWhole());
  }

  private static List<VcsEvent> mergeRequest(Fields event) {
    Fields request = event.at("object_attributes");
    String action = request.text("action", "");
    Optional<Action> known = action(action, event);
    if (known.isEmpty()) {
      return EventReader.ignored("merge request " + action);
    }
    return List.of(
        new PullRequest(
            repository(event.at("project")),
            request.requiredNumber("iid"),
            known.get(),
            action.equals("merge"),
            request.text("title", ""),
            request.text("description", ""),
            request.text("url"),
            new PullRequest.Head(
                request.required("source_branch"),
                request.required("last_commit.id"),
                request.text("source.path_with_namespace")),
            new PullRequest.Base(request.required("target_branch"), null),
            new Sender(event.text("user.username"), event.text("user.avatar_url"), null)));
  }

  private static Optional<Action> action(String action, Fields event) {
    return switch (action) {
      case "open", "reopen" -> Optional.of(Action.OPENED);
      // `oldrev` is there where commits have come.
      case "update" ->
          event.has("object_attributes.oldrev") || event.has("changes.target_branch")
              ? Optional.of(Action.UPDATED)
              : Optional.empty();
      case "close", "merge" -> Optional.of(Action.CLOSED);
      default -> Optional.empty();
    };
  }

  private static Repository repository(Fields project) {
    return new Repository(
        project.required("path_with_namespace"),
        project.text("default_branch"),
        project.text("git_http_url"),
        project.text("git_ssh_url"),
        project.text("web_url"));
  }
}
