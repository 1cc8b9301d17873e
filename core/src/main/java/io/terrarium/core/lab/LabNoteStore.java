package io.terrarium.core.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The rows of notes.
final class LabNoteStore {
  private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Instant>> TIMES = new TypeReference<>() {};

  private static final String PUT =
      """
      INSERT INTO lab_notes (user_id, lab, began_at, facts) VALUES (:user, :lab, :now, :facts::jsonb)
      ON CONFLICT (user_id, lab) DO UPDATE
         SET began_at = EXCLUDED.began_at, facts = EXCLUDED.facts, passed = '{}'
      """;

  List<LabNote> list(Handle db, long user) {
    return db.createQuery("SELECT * FROM lab_notes WHERE user_id = :user")
        .bind("user", user)
        .map((row, _) -> read(row))
        .list();
  }

  void put(Handle db, long user, LabNote note) {
    db.createUpdate(PUT)
        .bind("user", user)
        .bind("lab", note.lab())
        .bind("now", note.beganAt())
        .bind("facts", written(note.facts()))
        .execute();
  }

  void addFacts(Handle db, long user, String lab, Map<String, String> facts) {
    db.createUpdate(
            "UPDATE lab_notes SET facts = facts || :facts::jsonb WHERE user_id = :user AND lab = :lab")
        .bind("facts", written(facts))
        .bind("user", user)
        .bind("lab", lab)
        .execute();
  }

  void pass(Handle db, long user, String lab, Map<String, Instant> steps) {
    db.createUpdate(
            "UPDATE lab_notes SET passed = :steps::jsonb || passed WHERE user_id = :user AND lab = :lab")
        .bind("steps", written(steps))
        .bind("user", user)
        .bind("lab", lab)
        .execute();
  }

  private static LabNote read(ResultSet row) throws SQLException {
    return new LabNote(
        row.getString("lab"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        parsed(row.getString("facts"), FACTS),
        parsed(row.getString("passed"), TIMES));
  }

  private static String written(Map<String, ?> map) {
    try {
      return Json.SNAKE.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON can be made of it", e);
    }
  }

  private static <T> T parsed(String json, TypeReference<T> type) {
    try {
      return Json.SNAKE.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds what we wrote", e);
    }
  }
}
