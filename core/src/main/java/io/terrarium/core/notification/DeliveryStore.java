package io.terrarium.core.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.core.notification.NotificationConfiguration.DeliveryResponse;
import io.terrarium.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// SQL of what receivers have answered.
final class DeliveryStore {
  private static final int KEPT = 10;

  private static final String INSERT =
      """
      INSERT INTO notification_deliveries (configuration_id, url, body, code, headers, successful,
        sent_at)
      SELECT id, :url, :body, :code, :headers::jsonb, :successful, :sentAt
        FROM notification_configurations WHERE id = :configuration
      """;

  private static final String DELETE_OLD =
      """
      DELETE FROM notification_deliveries
       WHERE configuration_id = :configuration
         AND id NOT IN (SELECT id FROM notification_deliveries
                         WHERE configuration_id = :configuration ORDER BY id DESC LIMIT :kept)
      """;

  private static final String LIST =
      """
      SELECT * FROM notification_deliveries
       WHERE configuration_id = ANY (:configurations) ORDER BY id DESC
      """;

  /// Keeps it with the last few; nothing where the configuration is gone.
  void keep(Handle db, long configurationKey, DeliveryResponse response) {
    db.createUpdate(INSERT)
        .bind("configuration", configurationKey)
        .bind("url", response.url())
        .bind("body", response.body())
        .bind("code", response.code())
        .bind("headers", Json.SNAKE.valueToTree(response.headers()).toString())
        .bind("successful", response.successful())
        .bind("sentAt", response.sentAt())
        .execute();
    db.createUpdate(DELETE_OLD)
        .bind("configuration", configurationKey)
        .bind("kept", KEPT)
        .execute();
  }

  /// By the keys of their configurations, the newest first.
  Map<Long, List<DeliveryResponse>> list(Handle db, List<Long> configurationKeys) {
    Map<Long, List<DeliveryResponse>> all = new HashMap<>();
    db.createQuery(LIST)
        .bindArray("configurations", Long.class, configurationKeys)
        .map((row, _) ->
            all.computeIfAbsent(row.getLong("configuration_id"), _ -> new ArrayList<>())
                .add(read(row)))
        .list();
    return all;
  }

  private static DeliveryResponse read(ResultSet row) throws SQLException {
    return new DeliveryResponse(
        row.getString("url"),
        row.getString("body"),
        row.getString("code"),
        headers(row.getString("headers")),
        row.getTimestamp("sent_at").toInstant(),
        row.getBoolean("successful"));
  }

  private static Map<String, List<String>> headers(String json) {
    try {
      return Json.SNAKE.readValue(json, new TypeReference<Map<String, List<String>>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column holds JSON", e);
    }
  }
}
