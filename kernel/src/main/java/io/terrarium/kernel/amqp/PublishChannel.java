package io.terrarium.kernel.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// One channel in confirm mode for all publishers of a connection: each waits for the confirmation
/// of its own message only, so many may be on their way at once.
final class PublishChannel {
  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<Long, CompletableFuture<Void>> waiting = new ConcurrentSkipListMap<>();

  private PublishChannel(Channel channel) {
    this.channel = channel;
  }

  static PublishChannel open(Connection connection) throws IOException {
    Channel channel =
        connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
    PublishChannel publisher = new PublishChannel(channel);
    channel.confirmSelect();
    channel.addConfirmListener(
        (tag, multiple) -> publisher.settle(tag, multiple, Optional.empty()),
        (tag, multiple) ->
            publisher.settle(tag, multiple, Optional.of("the broker refused the message")));
    channel.addReturnListener(publisher::noteReturned);
    channel.addShutdownListener(cause -> publisher.fail("the channel was closed", cause));
    return publisher;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  void publish(String exchange, String routingKey, AmqpMessage message, Duration longest) {
    publish(exchange, routingKey, true, message, longest);
  }

  /// Nobody needs to listen.
  void announce(String exchange, AmqpMessage message, Duration longest) {
    publish(exchange, "", false, message, longest);
  }

  private void publish(
      String exchange,
      String routingKey,
      boolean isMandatory,
      AmqpMessage message,
      Duration longest) {
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    long sequence = send(exchange, routingKey, isMandatory, message, confirmed);
    try {
      confirmed.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new AmqpFault(
          "amqp: not published to " + name(exchange, routingKey) + ": " + cause.getMessage(),
          cause);
    } catch (TimeoutException e) {
      throw new AmqpFault(
          "amqp: publishing to " + name(exchange, routingKey) + " not confirmed in " + longest, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AmqpFault("amqp: interrupted while waiting for a confirmation", e);
    } finally {
      waiting.remove(sequence);
    }
  }

  private long send(
      String exchange,
      String routingKey,
      boolean isMandatory,
      AmqpMessage message,
      CompletableFuture<Void> confirmed) {
    lock.lock();
    try {
      long sequence = channel.getNextPublishSeqNo();
      waiting.put(sequence, confirmed);
      channel.basicPublish(
          exchange,
          routingKey,
          isMandatory,
          MessageProperties.of(message, sequence),
          message.body());
      return sequence;
    } catch (IOException | RuntimeException e) {
      throw new AmqpFault(
          "amqp: not published to " + name(exchange, routingKey) + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private void noteReturned(com.rabbitmq.client.Return message) {
    Object sequence = message.getProperties().getHeaders().get(MessageProperties.SEQUENCE);
    if (sequence instanceof Long number) {
      // RabbitMQ confirms a returned message afterwards, the embedded broker refuses it.
      CompletableFuture<Void> publisher = waiting.get(number);
      if (publisher != null) {
        publisher.completeExceptionally(
            new IOException("no queue takes it (" + message.getReplyText() + ")"));
      }
    }
  }

  private void settle(long tag, boolean multiple, Optional<String> refusal) {
    Map<Long, CompletableFuture<Void>> settled =
        multiple ? waiting.headMap(tag, true) : waiting.subMap(tag, true, tag, true);
    settled.values().forEach(publisher -> settle(publisher, refusal));
    settled.clear();
  }

  private static void settle(CompletableFuture<Void> publisher, Optional<String> refusal) {
    if (refusal.isPresent()) {
      publisher.completeExceptionally(new IOException(refusal.get()));
    } else {
      publisher.complete(null);
    }
  }

  private void fail(String what, Throwable cause) {
    IOException fault = new IOException(what + ": " + cause.getMessage(), cause);
    waiting.values().forEach(publisher -> publisher.completeExceptionally(fault));
  }

  private static String name(String exchange, String routingKey) {
    return exchange.isEmpty() ? routingKey : exchange + "/" + routingKey;
  }
}
