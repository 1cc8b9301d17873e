package io.terrarium.kernel.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.HashMap;
import java.util.Map;

/// Between our message and AMQP's properties.
final class MessageProperties {
  /// Names a publishing to its publisher, since a returned message carries no other number.
  static final String SEQUENCE = "x-publish-sequence";

  private static final int PERSISTENT = 2;

  private MessageProperties() {}

  static BasicProperties of(AmqpMessage message, long sequence) {
    Map<String, Object> headers = new HashMap<>(message.headers());
    headers.put(SEQUENCE, sequence);
    return new BasicProperties.Builder()
        .deliveryMode(PERSISTENT)
        .headers(headers)
        .messageId(message.messageId())
        .correlationId(message.correlationId())
        .type(message.type())
        .contentType(message.contentType())
        .build();
  }

  static AmqpMessage read(BasicProperties properties, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    if (properties.getHeaders() != null) {
      properties.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
    }
    headers.remove(SEQUENCE);
    String contentType = properties.getContentType();
    return new AmqpMessage(
        body,
        headers,
        properties.getMessageId(),
        properties.getCorrelationId(),
        properties.getType(),
        contentType == null ? "application/octet-stream" : contentType);
  }
}
