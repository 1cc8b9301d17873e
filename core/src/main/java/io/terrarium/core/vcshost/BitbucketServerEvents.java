package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Action;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Webhooks of Bitbucket Server and Data Center. They tell no changed files, no messages, and not
/// the default branch.
final class BitbucketServerEvents {
  private static final Sieve WANTED =
      Sieve.of(
          "actor.name",
          "actor.links.self.href",
          "repository.slug",
          "repository.project.key",
          "repository.links.clone.name",
          "repository.links.clone.href",
          "repository.links.self.href",
          "changes.refId",
          "changes.fromHash",
          "changes.toHash",
          "changes.type",
          "previousTarget.displayId",
          "pullRequest.id",
          "pullRequest.title",
          "pullRequest.description",
          "pullRequest.links.self.href",
          "pullRequest.fromRef.displayId",
          "pullRequest.fromRef.latestCommit",
          "pullRequest.fromRef.repository.slug",
          "pullRequest.fromRef.repository.project.key",
          "pullRequest.toRef.displayId",
          "pullRequest.toRef.latestCommit",
          "pullRequest.toRef.repository.slug",
          "pullRequest.toRef.repository.project.key",
          "pullRequest.toRef.repository.links.clone.name",
          "pullRequest.toRef.repository.links.clone.href",
          "pullRequest.toRef.repository.links.self.href");

  private BitbucketServerEvents() {}

  /// @param kind what the header of the event says
  static List<VcsEvent> read(WebhookRequest request, Optional<String> kind) {
    return switch (kind.orElse("")) {
      case "" -> EventReader.malformed("No header says what kind of event it is.");
      case "diagnostics:ping" -> List.of(new VcsEvent.Ping());
      case "repo:refs_changed" -> EventReader.read(request, WANTED, BitbucketServerEvents::push);
      case "pr:opened" -> pullRequest(request, Action.OPENED, false);
      case "pr:from_ref_updated" -> pullRequest(request, Action.UPDATED, false);
      case "pr:modified" -> EventReader.read(request, WANTED, BitbucketServerEvents::modified);
      case "pr:merged" -> pullRequest(request, Action.CLOSED, true);
      case "pr:declined", "pr:deleted" -> pullRequest(request, Action.CLOSED, false);
      default -> EventReader.ignored(kind.get());
    };
  }

  private static List<VcsEvent> push(Fields event) {
    if (!event.has("changes")) {
      throw new Fields.Missing("changes");
    }
    return event.list("changes").stream()
        .limit(EventReader.EVENTS_MAX)
        .map(change -> change(event, change))
        .toList();
  }

  private static VcsEvent change(Fields event, Fields change) {
    Optional<GitRef> ref = GitRef.of(change.required("refId"));
    if (ref.isEmpty()) {
      return new VcsEvent.Ignored("push of " + change.required("refId"));
    }
    return new RefUpdate(
            repository(event.at("repository")),
            ref.get(),
            change.required("fromHash"),
            change.required("toHash"),
            null,
            null,
            null,
            null,
            ChangedFiles.UNKNOWN,
            sender(event))
        .event();
  }

  /// A new title, text or target branch; only the last changes what would be merged.
  private static List<VcsEvent> modified(Fields event) {
    String previous = event.text("previousTarget.displayId");
    return previous == null || previous.equals(event.text("pullRequest.toRef.displayId"))
        ? EventReader.ignored("pr:modified")
        : pullRequest(event, Action.UPDATED, false);
  }

  private static List<VcsEvent> pullRequest(
      WebhookRequest request, Action action, boolean isMerged) {
    return EventReader.read(request, WANTED, event -> pullRequest(event, action, isMerged));
  }

  private static List<VcsEvent> pullRequest(Fields event, Action action, boolean isMerged) {
    Fields request = event.at("pullRequest");
    Fields from = request.at("fromRef");
    return List.of(
        new PullRequest(
            repository(request.at("toRef.repository")),
            request.requiredNumber("id"),
            action,
            isMerged,
            request.text("title", ""),
            request.text("description", ""),
            href(request.at("links.self")),
            new PullRequest.Head(
                from.required("displayId"),
                from.required("latestCommit"),
                from.has("repository.slug") ? identifier(from.at("repository")) : null),
            new PullRequest.Base(
                request.required("toRef.displayId"), request.text("toRef.latestCommit")),
            sender(event)));
  }

  static Repository repository(Fields repository) {
    return new Repository(
        identifier(repository),
        null,
        clone(repository, "http"),
        clone(repository, "ssh"),
        href(repository.at("links.self")));
  }

  private static String identifier(Fields repository) {
    return repository.required("project.key") + "/" + repository.required("slug");
  }

  /// @param name of the protocol; a server calls https `http` too, the cloud does not
  static @Nullable String clone(Fields repository, String name) {
    return repository.list("links.clone").stream()
        .filter(link -> name.equals(link.text("name")))
        .findFirst()
        .flatMap(link -> link.find("href"))
        .orElse(null);
  }

  /// Links come as lists here.
  private static @Nullable String href(Fields links) {
    return links.list("").stream().findFirst().flatMap(link -> link.find("href")).orElse(null);
  }

  private static Sender sender(Fields event) {
    return new Sender(event.text("actor.name"), null, href(event.at("actor.links.self")));
  }
}
