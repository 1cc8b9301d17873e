package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// What becomes of a job that failed; Sidekiq's rules.
sealed interface Outcome {
  /// Tried again at `time`.
  record Retry(SidekiqJob job, Instant time) implements Outcome {}

  /// Kept for a person to look at.
  record Dead(SidekiqJob job) implements Outcome {}

  /// Gone, as the job itself asked (`retry` or `dead` is false).
  record Discarded() implements Outcome {}

  /// As much of an error's message as is kept.
  int MESSAGE_CHARACTERS_MAX = 10_000;

  /// @param retryIn from Sidekiq's own delay to that of the job
  static Outcome of(
      SidekiqJob failed,
      Throwable error,
      Instant now,
      RandomGenerator random,
      UnaryOperator<Duration> retryIn) {
    if (!failed.isRetried()) {
      return new Discarded();
    }
    int count = failed.failures();
    SidekiqJob job =
        described(failed, error)
            .with(count == 0 ? "failed_at" : "retried_at", EpochSeconds.node(now))
            .with("retry_count", IntNode.valueOf(count));
    boolean isHopeless = error instanceof MalformedJobException;
    if (!isHopeless && count < failed.retriesMax()) {
      return new Retry(job, now.plus(retryIn.apply(delay(count, random))));
    }
    JsonNode dead = failed.extra().get("dead");
    boolean isUnwanted = dead != null && dead.isBoolean() && !dead.booleanValue();
    return isUnwanted ? new Discarded() : new Dead(job);
  }

  static Duration delay(int count, RandomGenerator random) {
    long seconds = (long) Math.pow(count, 4) + 15 + (long) random.nextInt(10) * (count + 1);
    return Duration.ofSeconds(seconds);
  }

  private static SidekiqJob described(SidekiqJob job, Throwable error) {
    String message = String.valueOf(error.getMessage());
    return job.with("error_class", error.getClass().getName())
        .with(
            "error_message",
            message.substring(0, Math.min(message.length(), MESSAGE_CHARACTERS_MAX)));
  }
}
