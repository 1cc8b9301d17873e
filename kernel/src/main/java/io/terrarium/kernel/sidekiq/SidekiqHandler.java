package io.terrarium.kernel.sidekiq;

/// Does a job. Returning ends the job; throwing sends it to the retries, or with
/// [MalformedJobException] straight to the dead set. It may be called twice for the same job, and
/// is interrupted when the process must stop.
@FunctionalInterface
public interface SidekiqHandler {
  void handle(SidekiqJob job) throws Exception;
}
