package io.terrarium.atlas.api.run;

import io.terrarium.contracts.id.RunEventId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.RunComments;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happened to a run, and what people said of it.
public final class RunHistoryApi {
  private final Runs runs;
  private final RunComments said;

  public RunHistoryApi(Runs runs, RunComments said) {
    this.runs = runs;
    this.said = said;
  }

  public void mount(Api api) {
    api.get("/api/v2/runs/:run_id/run-events", call -> list(events(List.of(run(call)))));
    api.get("/api/v2/runs/:run_id/comments", call -> list(comments(List.of(run(call)))));
    api.post("/api/v2/runs/:run_id/comments", this::say);
    api.get("/api/v2/comments/:id", this::comment);
    api.get("/api/v2/run-events/:id", this::event);
    // Nothing checks policies or runs tasks here, so no run has any.
    api.get("/api/v2/runs/:run_id/policy-checks", this::none);
    api.get("/api/v2/runs/:run_id/task-stages", this::none);
  }

  private Reply say(Call call) {
    Incoming incoming = Incoming.of(call, "comments");
    String body = incoming.text("body").over("", "");
    incoming.check();
    return Reply.document(
        201,
        Document.of(
            comment(said.say(call.get(Principal.class), call.path("run_id", RunId::new), body))));
  }

  private Reply comment(Call call) {
    return Reply.document(
        200, Document.of(comment(said.find(call.get(Principal.class), call.path("id")))));
  }

  private Reply event(Call call) {
    return Reply.document(
        200,
        Document.of(
            event(said.event(call.get(Principal.class), call.path("id", RunEventId::new)))));
  }

  private Reply none(Call call) {
    run(call);
    return Reply.document(200, Listing.of(call, new Paged<>(List.of(), Page.of(call), 0)));
  }

  private VisibleRun run(Call call) {
    return runs.find(call.get(Principal.class), call.path("run_id", RunId::new));
  }

  private static Reply list(List<Resource> resources) {
    return Reply.document(200, Document.of(resources));
  }

  record EventAttributes(String action, String description, Instant createdAt) {}

  /// The oldest first of each run; also for `include=run_events`.
  public List<Resource> events(List<VisibleRun> visible) {
    return runs.events(visible).stream().map(RunHistoryApi::event).toList();
  }

  private static Resource event(Runs.RunEventView event) {
    return new Resource(
        event.id(),
        "run-events",
        new EventAttributes(
            event.action(), Optional.ofNullable(event.description()).orElse(""), event.createdAt()),
        Map.of(
            "actor",
            Relationship.optional("users", Optional.ofNullable(event.actor())),
            "comment",
            Relationship.optional("comments", Optional.ofNullable(event.comment()))),
        Map.of("self", "/api/v2/run-events/" + event.id()));
  }

  record CommentAttributes(String body) {}

  /// The oldest first of each run; also for `include=comments`.
  public List<Resource> comments(List<VisibleRun> visible) {
    return runs.comments(visible).stream().map(RunHistoryApi::comment).toList();
  }

  private static Resource comment(Runs.CommentView comment) {
    return new Resource(
        comment.id(),
        "comments",
        new CommentAttributes(comment.body()),
        Map.of(
            "run-event", Relationship.optional("run-events", Optional.ofNullable(comment.event()))),
        Map.of("self", "/api/v2/comments/" + comment.id()));
  }
}
