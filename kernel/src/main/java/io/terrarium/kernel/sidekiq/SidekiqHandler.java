package io.terrarium.kernel.sidekiq;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Does a job. Returning ends the job; throwing sends it to the retries, or with
/// [MalformedJobException] straight to the dead set. It may be called twice for the same job, and
/// is interrupted when the process must stop.
@FunctionalInterface
public interface SidekiqHandler {
  void handle(SidekiqJob job) throws Exception;

  /// What the log says of the job besides its id and its class.
  default Map<String, String> logged(SidekiqJob job) {
    return Map.of();
  }

  /// How long a failed job waits for its next try, as `sidekiq_retry_in`.
  ///
  /// @param usual by Sidekiq's formula
  default Duration retryIn(Duration usual) {
    return usual;
  }

  /// A job has failed and is about to be put among the retries, to be done again at `time`.
  default void willRetry(SidekiqJob job, Instant time) {}

  /// A job has failed for good and is about to be put into the dead set, or dropped.
  default void gaveUp(SidekiqJob job, Throwable error) {}
}
