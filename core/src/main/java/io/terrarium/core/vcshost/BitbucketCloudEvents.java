package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Action;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import java.util.List;
import java.util.Optional;

/// Webhooks of Bitbucket Cloud. It tells neither changed files nor the default branch, and of
/// commits in pull requests only the first digits.
final class BitbucketCloudEvents {
  private static final Sieve WANTED =
      Sieve.of(
          "actor.nickname",
          "actor.username",
          "actor.display_name",
          "actor.links.avatar.href",
          "actor.links.html.href",
          "repository.full_name",
          "repository.links.html.href",
          "push.changes.new.type",
          "push.changes.new.name",
          "push.changes.new.target.hash",
          "push.changes.new.target.message",
          "push.changes.new.target.links.html.href",
          "push.changes.old.type",
          "push.changes.old.name",
          "push.changes.old.target.hash",
          "push.changes.links.html.href",
          "pullrequest.id",
          "pullrequest.title",
          "pullrequest.description",
          "pullrequest.links.html.href",
          "pullrequest.source.branch.name",
          "pullrequest.source.commit.hash",
          "pullrequest.source.repository.full_name",
          "pullrequest.destination.branch.name",
          "pullrequest.destination.commit.hash");

  private BitbucketCloudEvents() {}

  /// @param kind what the header of the event says
  static List<VcsEvent> read(WebhookRequest request, Optional<String> kind) {
    return switch (kind.orElse("")) {
      case "" -> EventReader.malformed("No header says what kind of event it is.");
      case "repo:push" -> EventReader.read(request, WANTED, BitbucketCloudEvents::push);
      case "pullrequest:created" -> pullRequest(request, Action.OPENED, false);
      // Of new commits as of a new title; the commit tells which.
      case "pullrequest:updated" -> pullRequest(request, Action.UPDATED, false);
      case "pullrequest:fulfilled" -> pullRequest(request, Action.CLOSED, true);
      case "pullrequest:rejected" -> pullRequest(request, Action.CLOSED, false);
      default -> EventReader.ignored(kind.get());
    };
  }

  private static List<VcsEvent> push(Fields event) {
    if (!event.has("push.changes")) {
      throw new Fields.Missing("push.changes");
    }
    return event.list("push.changes").stream()
        .limit(EventReader.EVENTS_MAX)
        .map(change -> change(event, change))
        .toList();
  }

  private static VcsEvent change(Fields event, Fields change) {
    Fields named = change.at(change.has("new") ? "new" : "old");
    String type = named.required("type");
    // Tags that are objects of their own have a type of their own.
    boolean isTag = type.equals("tag") || type.equals("annotated_tag");
    if (!isTag && !type.equals("branch")) {
      return new VcsEvent.Ignored("push of a " + type);
    }
    return new RefUpdate(
            repository(event.at("repository")),
            new GitRef(isTag, named.required("name")),
            change.text("old.target.hash"),
            change.has("new") ? change.required("new.target.hash") : null,
            change.text("new.target.hash"),
            change.text("new.target.message"),
            change.text("new.target.links.html.href"),
            change.text("links.html.href"),
            ChangedFiles.UNKNOWN,
            sender(event))
        .event();
  }

  private static List<VcsEvent> pullRequest(
      WebhookRequest request, Action action, boolean isMerged) {
    return EventReader.read(request, WANTED, event -> pullRequest(event, action, isMerged));
  }

  private static List<VcsEvent> pullRequest(Fields event, Action action, boolean isMerged) {
    Fields request = event.at("pullrequest");
    return List.of(
        new PullRequest(
            repository(event.at("repository")),
            request.requiredNumber("id"),
            action,
            isMerged,
            request.text("title", ""),
            request.text("description", ""),
            request.text("links.html.href"),
            new PullRequest.Head(
                request.required("source.branch.name"),
                request.required("source.commit.hash"),
                request.text("source.repository.full_name")),
            new PullRequest.Base(
                request.required("destination.branch.name"),
                request.text("destination.commit.hash")),
            sender(event)));
  }

  private static Repository repository(Fields repository) {
    return new Repository(
        repository.required("full_name"), null, null, null, repository.text("links.html.href"));
  }

  private static Sender sender(Fields event) {
    return new Sender(
        event.first("actor.nickname", "actor.username", "actor.display_name"),
        event.text("actor.links.avatar.href"),
        event.text("actor.links.html.href"));
  }
}
