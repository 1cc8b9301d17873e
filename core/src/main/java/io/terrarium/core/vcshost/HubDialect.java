package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.CommitStatus.State;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// In what GitHub's API and Gitea's, which was made after it, are not alike.
///
/// @param eventHeaders by which the kind of an event is told
/// @param deliveryHeaders by which deliveries are told apart
/// @param signatureHeaders and what stands before the signature in each
/// @param accept the form of answers that is asked for
/// @param pageSize of lists
/// @param commits path of a commit below its repository's
/// @param isComparedByCommit whether a comparison tells the files of each commit, not of all
/// @param hook kind and events of a webhook
/// @param words for the states of a status
/// @param descriptionMax characters of a status' description
record HubDialect(
    List<String> eventHeaders,
    List<String> deliveryHeaders,
    Map<String, String> signatureHeaders,
    String accept,
    String pageSize,
    String commits,
    boolean isComparedByCommit,
    Hook hook,
    Map<State, String> words,
    int descriptionMax,
    CodeFlow login) {

  /// @param kind as `kindField` names it
  record Hook(String kindField, String kind, List<String> events) {

    Map<String, Object> body(URI target, String secret) {
      return Map.of(
          kindField,
          kind,
          "active",
          true,
          "events",
          events,
          "config",
          Map.of(
              "url",
              target.toString(),
              "content_type",
              "json",
              "insecure_ssl",
              "0",
              "secret",
              secret));
    }
  }

  static final HubDialect GITHUB =
      new HubDialect(
          List.of("X-GitHub-Event"),
          List.of("X-GitHub-Delivery"),
          Map.of("X-Hub-Signature-256", Signatures.PREFIX),
          "application/vnd.github+json",
          "per_page=100",
          "/commits/",
          false,
          new Hook("name", "web", List.of("push", "pull_request")),
          Map.of(
              State.PENDING, "pending",
              State.RUNNING, "pending",
              State.SUCCESS, "success",
              State.FAILURE, "failure",
              State.ERROR, "error",
              State.CANCELED, "error"),
          140,
          new CodeFlow(
              "/login/oauth/authorize",
              "/login/oauth/access_token",
              // Statuses and webhooks of private repositories are within it.
              Optional.of("repo"),
              CodeFlow.Style.FORM));

  static final HubDialect GITEA =
      new HubDialect(
          List.of("X-Forgejo-Event", "X-Gitea-Event"),
          List.of("X-Forgejo-Delivery", "X-Gitea-Delivery"),
          Map.of("X-Forgejo-Signature", "", "X-Gitea-Signature", ""),
          "application/json",
          // More is cut to what the server allows, which is fifty by default.
          "limit=50",
          "/git/commits/",
          true,
          new Hook(
              "type", "gitea", List.of("push", "delete", "pull_request_only", "pull_request_sync")),
          Map.of(
              State.PENDING, "pending",
              State.RUNNING, "pending",
              State.SUCCESS, "success",
              State.FAILURE, "failure",
              State.ERROR, "error",
              State.CANCELED, "error"),
          255,
          new CodeFlow(
              "/login/oauth/authorize",
              "/login/oauth/access_token",
              Optional.empty(),
              CodeFlow.Style.FORM));
}
