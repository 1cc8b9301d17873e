package io.terrarium.core.run;

import io.terrarium.contracts.id.RunEventId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of the history and the comments of runs.
final class RunEventStore {
  private static final String INSERT =
      """
      INSERT INTO run_events (external_id, run_id, action, actor_user_id, comment_id, created_at)
      VALUES (:id, :run, :action, :actor, :comment, :now)
      """;

  private static final String SELECT =
      """
      SELECT e.external_id, e.action, e.description, e.created_at, u.external_id AS actor,
             c.external_id AS comment
        FROM run_events e LEFT JOIN users u ON u.id = e.actor_user_id
             LEFT JOIN comments c ON c.id = e.comment_id
      """;

  private static final String INSERT_COMMENT =
      """
      INSERT INTO comments (external_id, run_id, body, user_id, created_at)
      VALUES (:id, :run, :body, :user, :now)
      RETURNING id
      """;

  private static final String SELECT_COMMENTS =
      """
      SELECT c.external_id, c.body, e.external_id AS run_event
        FROM comments c LEFT JOIN run_events e ON e.run_id = c.run_id AND e.comment_id = c.id
      """;

  private static final String RUN_OF_EVENT =
      "SELECT r.external_id FROM runs r JOIN run_events e ON e.run_id = r.id"
          + " WHERE e.external_id = :id";

  private static final String RUN_OF_COMMENT =
      "SELECT r.external_id FROM runs r JOIN comments c ON c.run_id = r.id"
          + " WHERE c.external_id = :id";

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

  /// @param event that tells of it in the run's history
  record Comment(String id, String body, @Nullable String event) {}

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

  List<Event> list(Handle db, List<Long> runKeys) {
    return db.createQuery(SELECT + " WHERE e.run_id = ANY (:runs) ORDER BY e.run_id, e.id")
        .bindArray("runs", Long.class, runKeys)
        .map((row, _) -> event(row))
        .list();
  }

  Optional<Event> find(Handle db, RunEventId id) {
    return db.createQuery(SELECT + " WHERE e.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> event(row))
        .findOne();
  }

  Optional<RunId> runOfEvent(Handle db, RunEventId id) {
    return db.createQuery(RUN_OF_EVENT)
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(RunId::new);
  }

  private static Event event(ResultSet row) throws SQLException {
    String actor = row.getString("actor");
    return new Event(
        new RunEventId(row.getString("external_id")),
        row.getString("action"),
        row.getString("description"),
        row.getTimestamp("created_at").toInstant(),
        actor == null ? null : new UserId(actor),
        row.getString("comment"));
  }

  private static final String IDS =
      """
      SELECT run_id, external_id, true AS is_event, id FROM run_events WHERE run_id = ANY (:runs)
       UNION ALL
      SELECT run_id, external_id, false, id FROM comments WHERE run_id = ANY (:runs)
       ORDER BY id
      """;

  /// As [#IDS], for queries of one run `r`.
  static final String IDS_OF_R =
      """
      , array(SELECT e.external_id FROM run_events e WHERE e.run_id = r.id ORDER BY e.id)
          AS event_ids
      , array(SELECT e.external_id FROM comments e WHERE e.run_id = r.id ORDER BY e.id)
          AS comment_ids
      """;

  /// As [#IDS_OF_R] selects them.
  static HistoryIds ids(ResultSet row) throws SQLException {
    return new HistoryIds(RunRow.texts(row, "event_ids"), RunRow.texts(row, "comment_ids"));
  }

  /// By the keys of the runs, one query for all; a run is always there, since it has been created.
  Map<Long, HistoryIds> ids(Handle db, List<Long> runKeys) {
    Map<Long, HistoryIds> all = new HashMap<>();
    db.createQuery(IDS)
        .bindArray("runs", Long.class, runKeys)
        .map((row, _) -> {
          HistoryIds of =
              all.computeIfAbsent(
                  row.getLong("run_id"), _ -> new HistoryIds(new ArrayList<>(), new ArrayList<>()));
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

  List<Comment> comments(Handle db, List<Long> runKeys) {
    return db.createQuery(SELECT_COMMENTS + " WHERE c.run_id = ANY (:runs) ORDER BY c.run_id, c.id")
        .bindArray("runs", Long.class, runKeys)
        .map((row, _) -> comment(row))
        .list();
  }

  Optional<Comment> findComment(Handle db, String id) {
    return db.createQuery(SELECT_COMMENTS + " WHERE c.external_id = :id")
        .bind("id", id)
        .map((row, _) -> comment(row))
        .findOne();
  }

  Optional<RunId> runOfComment(Handle db, String id) {
    return db.createQuery(RUN_OF_COMMENT)
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(RunId::new);
  }

  private static Comment comment(ResultSet row) throws SQLException {
    return new Comment(
        row.getString("external_id"), row.getString("body"), row.getString("run_event"));
  }
}
