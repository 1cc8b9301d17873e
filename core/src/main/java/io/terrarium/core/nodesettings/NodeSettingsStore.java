package io.terrarium.core.nodesettings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.kernel.json.Json;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// SQL of what the nodes have left of their settings.
final class NodeSettingsStore {
  /// @param digests in hex, by key
  record Node(String name, byte[] salt, Map<String, String> digests) {}

  /// Readers are let in, other nodes that join are not.
  private static final String LOCK = "LOCK TABLE node_settings IN SHARE ROW EXCLUSIVE MODE";

  private static final String OTHERS =
      """
      SELECT node, salt, digests::text FROM node_settings
       WHERE node <> :name AND seen_at > now() - make_interval(secs => :seconds)
       ORDER BY node
      """;

  private static final String PUT =
      """
      INSERT INTO node_settings (node, salt, digests, seen_at)
      VALUES (:name, :salt, :digests::jsonb, now())
      ON CONFLICT (node) DO UPDATE
         SET salt = excluded.salt, digests = excluded.digests, seen_at = excluded.seen_at
      """;

  private static final String REMOVE =
      """
      DELETE FROM node_settings WHERE node = :name OR seen_at < now() - interval '1 day'
      """;

  void lock(Handle db) {
    db.execute(LOCK);
  }

  /// Those that are there, by their last beat.
  List<Node> others(Handle db, String name, int secondsMax) {
    return db.createQuery(OTHERS)
        .bind("name", name)
        .bind("seconds", secondsMax)
        .map((row, _) -> new Node(row.getString(1), row.getBytes(2), parsed(row.getString(3))))
        .list();
  }

  /// Whether the node's last beat is still heard.
  boolean isThere(Handle db, String name, int secondsMax) {
    return db.createQuery(
            "SELECT EXISTS (SELECT 1 FROM node_settings"
                + " WHERE node = :name AND seen_at > now() - make_interval(secs => :seconds))")
        .bind("name", name)
        .bind("seconds", secondsMax)
        .mapTo(Boolean.class)
        .one();
  }

  void put(Handle db, Node node) {
    db.createUpdate(PUT)
        .bind("name", node.name())
        .bind("salt", node.salt())
        .bind("digests", written(node.digests()))
        .execute();
  }

  void remove(Handle db, String name) {
    db.createUpdate(REMOVE).bind("name", name).execute();
  }

  private static Map<String, String> parsed(String json) {
    try {
      return Json.SNAKE.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("digests that are no JSON", e);
    }
  }

  private static String written(Map<String, String> digests) {
    try {
      return Json.SNAKE.writeValueAsString(digests);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }
}
