package io.terrarium.core.run;

import io.terrarium.contracts.id.RunEventId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/// What people say about runs, and single lines of their history.
public final class RunComments {
  private static final String PREFIX = "wsc-";
  private static final int BODY_CHARACTERS_MAX = 65_536;

  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final VisibleRuns visible;
  private final RunSteps steps;
  private final RunEventStore events = new RunEventStore();

  RunComments(RunParts parts, Access access, RunSteps steps) {
    this.database = parts.database();
    this.clock = parts.clock();
    this.ids = parts.ids();
    this.visible = new VisibleRuns(access);
    this.steps = steps;
  }

  /// Adds a comment to a run, whatever it is doing.
  public Runs.CommentView say(Principal caller, RunId id, String body) {
    return database.inTransaction(db -> {
      VisibleRun found = visible.find(db, caller, id);
      found.access().require(WorkspaceRight.QUEUE_RUN);
      return find(db, say(db, caller, found.run(), body));
    });
  }

  /// The id of the comment.
  String say(Handle db, Principal caller, Run run, String body) {
    if (body.isBlank() || body.length() > BODY_CHARACTERS_MAX) {
      throw new Fault.Invalid(
          "body", "Body must have at least one and at most " + BODY_CHARACTERS_MAX + " characters");
    }
    Long userKey = caller.person().orElse(null);
    String id = ids.next(PREFIX);
    long said = events.comment(db, id, run.key(), body, userKey, clock.instant());
    steps.record(db, run, "commented", userKey, said);
    return id;
  }

  public Runs.CommentView find(Principal caller, String id) {
    return database.read(db -> {
      RunId run = events.runOfComment(db, id).orElseThrow(Fault.NotFound::new);
      visible.find(db, caller, run);
      return find(db, id);
    });
  }

  public Runs.RunEventView event(Principal caller, RunEventId id) {
    return database.read(db -> {
      RunId run = events.runOfEvent(db, id).orElseThrow(Fault.NotFound::new);
      visible.find(db, caller, run);
      return Runs.RunEventView.of(events.find(db, id).orElseThrow(Fault.NotFound::new));
    });
  }

  private Runs.CommentView find(Handle db, String id) {
    return Runs.CommentView.of(events.findComment(db, id).orElseThrow(Fault.NotFound::new));
  }
}
