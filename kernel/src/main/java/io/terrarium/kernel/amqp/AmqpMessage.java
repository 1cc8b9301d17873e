package io.terrarium.kernel.amqp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it is published and delivered.
///
/// @param correlationId carried on from the message that caused this one
/// @param type what kind of payload it is
public record AmqpMessage(
    byte[] body,
    Map<String, String> headers,
    @Nullable String messageId,
    @Nullable String correlationId,
    @Nullable String type,
    String contentType) {
  public AmqpMessage {
    headers = Map.copyOf(headers);
  }

  public static AmqpMessage json(byte[] body, String type, String messageId) {
    return new AmqpMessage(body, Map.of(), messageId, null, type, "application/json");
  }

  public AmqpMessage with(Map<String, String> headers) {
    return new AmqpMessage(body, headers, messageId, correlationId, type, contentType);
  }

  public AmqpMessage correlatedTo(String id) {
    return new AmqpMessage(body, headers, messageId, id, type, contentType);
  }
}
