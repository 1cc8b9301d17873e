package io.terrarium.core.run;

import io.terrarium.contracts.id.RunEventId;
import io.terrarium.contracts.id.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of the history and the comments of runs.
final class RunEventStore {
  private static final String INSERT =
      """
      INSERT INTO run_events (external_id, run_id, action, actor_user_id, comment_id, created_at)
      VALUES (:id, :run, :action, :actor, :comment, :now)
      """;

  private static final String LIST =
      """
      SELECT e.external_id, e.action, e.description, e.created_at, u.external_id AS actor,
             c.external_id AS comment
        FROM run_events e LEFT JOIN users u ON u.id = e.actor_user_id
             LEFT JOIN comments c ON c.id = e.comment_id
       WHERE e.run_id = :run ORDER BY e.id
      """;

  private static final String INSERT_COMMENT =
      """
      INSERT INTO comments (external_id, run_id, body, user_id, created_at)
      VALUES (:id, :run, :body, :user, :now)
      RETURNING id
      """;

  private static final String LIST_COMMENTS =
      "SELECT external_id, body FROM comments WHERE run_id = :run ORDER BY id";

  /// One line of the history.
  record Event(
      RunEventId id,
      String action,
      @Nullable String description,
      Instant createdAt,
      @Nullable UserId actor,
      @Nullable String comment) {}

  /// One that is about to be written.
  ///
  /// @param commentKey of what its actor said
  record NewEvent(
      RunEventId id,
      long runKey,
      String action,
      @Nullable Long actorKey,
      @Nullable Long commentKey,
      Instant now) {}

  record Comment(String id, String body) {}

  void insert(Handle db, NewEvent event) {
    db.createUpdate(INSERT)
        .bind("id", event.id().value())
        .bind("run", event.runKey())
        .bind("action", event.action())
        .bind("actor", event.actorKey())
        .bind("comment", event.commentKey())
        .bind("now", event.now())
        .execute();
  }

  List<Event> list(Handle db, long runKey) {
    return db.createQuery(LIST)
        .bind("run", runKey)
        .map((row, _) -> {
          String actor = row.getString("actor");
          return new Event(
              new RunEventId(row.getString("external_id")),
              row.getString("action"),
              row.getString("description"),
              row.getTimestamp("created_at").toInstant(),
              actor == null ? null : new UserId(actor),
              row.getString("comment"));
        })
        .list();
  }

  private static final String IDS =
      """
      SELECT run_id, external_id, true AS is_event, id FROM run_events WHERE run_id = ANY (:runs)
       UNION ALL
      SELECT run_id, external_id, false, id FROM comments WHERE run_id = ANY (:runs)
       ORDER BY id
      """;

  /// The ids of a run's events and of its comments, the oldest first.
  record Ids(List<String> events, List<String> comments) {
    private static Ids none() {
      return new Ids(new ArrayList<>(), new ArrayList<>());
    }
  }

  /// By the keys of the runs, one query for all; a run is always there, since it has been created.
  Map<Long, Ids> ids(Handle db, List<Long> runKeys) {
    Map<Long, Ids> all = new HashMap<>();
    db.createQuery(IDS)
        .bindArray("runs", Long.class, runKeys)
        .map((row, _) -> {
          Ids of = all.computeIfAbsent(row.getLong("run_id"), _ -> Ids.none());
          return (row.getBoolean("is_event") ? of.events() : of.comments())
              .add(row.getString("external_id"));
        })
        .list();
    return all;
  }

  /// The key of the comment.
  long comment(
      Handle db, String id, long runKey, String body, @Nullable Long userKey, Instant now) {
    return db.createQuery(INSERT_COMMENT)
        .bind("id", id)
        .bind("run", runKey)
        .bind("body", body)
        .bind("user", userKey)
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  List<Comment> comments(Handle db, long runKey) {
    return db.createQuery(LIST_COMMENTS)
        .bind("run", runKey)
        .map((row, _) -> new Comment(row.getString("external_id"), row.getString("body")))
        .list();
  }
}
