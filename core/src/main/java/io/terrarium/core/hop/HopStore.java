package io.terrarium.core.hop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Sent;
import io.terrarium.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// SQL of hops.
final class HopStore {
  private static final String INSERT =
      """
      INSERT INTO hops (flow, traceparent, step, name, phase, sender, receiver, medium, sent_at,
                        received_at, done_at, attempt, outcome, bytes, facts, sent)
      VALUES (:flow, :traceparent, :step, :name, :phase, :from, :to, :medium, :sentAt,
              :receivedAt, :doneAt, :attempt, :outcome, :bytes, :facts::jsonb, :sent::jsonb)
      """;

  // Times travel in milliseconds, and each service tells its hops when it likes: within one
  // millisecond the documents' order holds.
  private static final String LIST =
      "SELECT * FROM hops WHERE flow = :flow ORDER BY sent_at, step, id";

  void insert(Handle db, List<Hop> hops) {
    PreparedBatch batch = db.prepareBatch(INSERT);
    for (Hop hop : hops) {
      batch
          .bind("flow", hop.flow())
          .bind("traceparent", hop.traceparent())
          .bind("step", hop.step())
          .bind("name", hop.name())
          .bind("phase", hop.phase())
          .bind("from", hop.from())
          .bind("to", hop.to())
          .bind("medium", hop.medium().wire())
          .bind("sentAt", hop.sentAt())
          .bind("receivedAt", hop.receivedAt())
          .bind("doneAt", hop.doneAt())
          .bind("attempt", hop.attempt())
          .bind("outcome", hop.outcome())
          .bind("bytes", hop.bytes())
          .bind("facts", Json.SNAKE.valueToTree(hop.facts()).toString())
          .bind("sent", hop.sent() == null ? null : Json.SNAKE.valueToTree(hop.sent()).toString())
          .add();
    }
    batch.execute();
  }

  List<Hop> list(Handle db, String flow) {
    return db.createQuery(LIST).bind("flow", flow).map((row, _) -> read(row)).list();
  }

  private static final String TRAFFIC =
      """
      SELECT sender, receiver, medium, count(*) AS hops,
             count(*) FILTER (WHERE outcome <> 'ok') AS failed
        FROM hops WHERE sent_at > :since GROUP BY sender, receiver, medium
      """;

  List<Hops.Traffic> traffic(Handle db, Instant since) {
    return db.createQuery(TRAFFIC)
        .bind("since", since)
        .map((row, _) ->
            new Hops.Traffic(
                row.getString("sender"),
                row.getString("receiver"),
                medium(row),
                row.getLong("hops"),
                row.getLong("failed")))
        .list();
  }

  private static final String LATEST =
      """
      SELECT flow, min(sent_at) AS began FROM hops
       WHERE sent_at > :since AND flow <> '' GROUP BY flow ORDER BY min(sent_at) DESC LIMIT :most
      """;

  List<String> latest(Handle db, Instant since, int most) {
    return db.createQuery(LATEST)
        .bind("since", since)
        .bind("most", most)
        .map((row, _) -> row.getString("flow"))
        .list();
  }

  void deleteBefore(Handle db, Instant before) {
    db.createUpdate("DELETE FROM hops WHERE sent_at < :before").bind("before", before).execute();
  }

  private static Hop read(ResultSet row) throws SQLException {
    return new Hop(
        Hop.VERSION,
        row.getString("flow"),
        row.getString("traceparent"),
        row.getInt("step"),
        row.getString("name"),
        row.getString("phase"),
        row.getString("sender"),
        row.getString("receiver"),
        medium(row),
        row.getTimestamp("sent_at").toInstant(),
        row.getTimestamp("received_at").toInstant(),
        row.getTimestamp("done_at").toInstant(),
        row.getInt("attempt"),
        row.getString("outcome"),
        row.getLong("bytes"),
        facts(row.getString("facts")),
        sent(row.getString("sent")));
  }

  private static Medium medium(ResultSet row) throws SQLException {
    return Medium.valueOf(row.getString("medium").toUpperCase(Locale.ROOT));
  }

  private static @Nullable Sent sent(@Nullable String json) {
    try {
      return json == null ? null : Json.SNAKE.readValue(json, Sent.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column holds JSON", e);
    }
  }

  private static Map<String, String> facts(String json) {
    try {
      return Json.SNAKE.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column holds JSON", e);
    }
  }
}
