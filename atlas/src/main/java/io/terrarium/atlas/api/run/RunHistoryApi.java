package io.terrarium.atlas.api.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.Runs;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happened to a run, and what people said of it.
public final class RunHistoryApi {
  private final Runs runs;

  public RunHistoryApi(Runs runs) {
    this.runs = runs;
  }

  public void mount(Api api) {
    api.get(
        "/api/v2/runs/:run_id/run-events",
        call -> list(events(call.get(Principal.class), call.path("run_id", RunId::new))));
    api.get(
        "/api/v2/runs/:run_id/comments",
        call -> list(comments(call.get(Principal.class), call.path("run_id", RunId::new))));
  }

  private static Reply list(List<Resource> resources) {
    return Reply.document(200, Document.of(resources));
  }

  record EventAttributes(String action, String description, Instant createdAt) {}

  /// The oldest first; also for `include=run_events`.
  public List<Resource> events(Principal caller, RunId run) {
    return runs.events(caller, run).stream()
        .map(event ->
            new Resource(
                event.id(),
                "run-events",
                new EventAttributes(
                    event.action(),
                    Optional.ofNullable(event.description()).orElse(""),
                    event.createdAt()),
                Map.of(
                    "actor",
                    Relationship.optional("users", Optional.ofNullable(event.actor())),
                    "comment",
                    Relationship.optional("comments", Optional.ofNullable(event.comment()))),
                Map.of("self", "/api/v2/run-events/" + event.id())))
        .toList();
  }

  record CommentAttributes(String body) {}

  /// The oldest first; also for `include=comments`.
  public List<Resource> comments(Principal caller, RunId run) {
    return runs.comments(caller, run).stream()
        .map(comment ->
            new Resource(
                comment.id(),
                "comments",
                new CommentAttributes(comment.body()),
                Map.of(),
                Map.of("self", "/api/v2/comments/" + comment.id())))
        .toList();
  }
}
