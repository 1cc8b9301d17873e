package io.terrarium.core.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.core.outbox.Outbox.OutboxRow;
import io.terrarium.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// SQL of the outbox.
final class OutboxStore {
  private static final String INSERT =
      """
      INSERT INTO outbox (jid, class, queue, argument, flow, phase, created_at)
      VALUES (:jid, :className, :queue, :argument::jsonb, :flow, :phase, :createdAt)
      """;

  // A notification waits behind all receivers that hang, and a fetch behind all slow repositories:
  // pushed again meanwhile, they would make their queues longer still. Other jobs wait for nobody
  // but us.
  private static final String LEASE =
      "now() + CASE WHEN queue IN ('notifications', 'vcs') THEN interval '1 hour'"
          + " ELSE interval '2 minutes' END";

  private static final String PUSH = "UPDATE outbox SET pushed_at = now(), lease_until = " + LEASE;

  // A young row is still with the process that wrote it.
  private static final String TAKE_OVERDUE =
      PUSH
          + """

           WHERE jid IN (SELECT jid FROM outbox
                          WHERE lease_until < now()
                             OR (lease_until IS NULL AND created_at < now() - interval '3 seconds')
                          ORDER BY created_at
                          LIMIT :most
                            FOR UPDATE SKIP LOCKED)
          RETURNING jid, class, queue, argument, flow, phase, created_at
          """;

  void insert(Handle db, OutboxRow row) {
    db.createUpdate(INSERT)
        .bind("jid", row.jid())
        .bind("className", row.className())
        .bind("queue", row.queue())
        .bind("argument", row.argument().toString())
        .bind("flow", row.flow())
        .bind("phase", row.phase())
        .bind("createdAt", row.createdAt())
        .execute();
  }

  void pushed(Handle db, List<String> jids) {
    db.createUpdate(PUSH + " WHERE jid = ANY (:jids)")
        .bindArray("jids", String.class, jids)
        .execute();
  }

  void delete(Handle db, String jid) {
    db.createUpdate("DELETE FROM outbox WHERE jid = :jid").bind("jid", jid).execute();
  }

  void postpone(Handle db, String jid, Duration rest) {
    db.createUpdate(
            "UPDATE outbox SET lease_until = "
                + LEASE
                + " + :millis * interval '1 millisecond' WHERE jid = :jid")
        .bind("millis", rest.toMillis())
        .bind("jid", jid)
        .execute();
  }

  void forgetPushes(Handle db) {
    db.createUpdate("UPDATE outbox SET pushed_at = NULL, lease_until = NULL").execute();
  }

  List<OutboxRow> takeOverdue(Handle db, int most) {
    return db.createQuery(TAKE_OVERDUE).bind("most", most).map((row, _) -> read(row)).list();
  }

  private static OutboxRow read(ResultSet row) throws SQLException {
    try {
      return new OutboxRow(
          row.getString("jid"),
          row.getString("class"),
          row.getString("queue"),
          Json.SNAKE.readTree(row.getString("argument")),
          row.getString("flow"),
          row.getString("phase"),
          row.getTimestamp("created_at").toInstant());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column holds JSON", e);
    }
  }
}
