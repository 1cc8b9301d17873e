package io.terrarium.sidekiqworker;

import io.terrarium.kernel.client.ServiceFault;

/// A neighbour did not do its part of a job. Its message is kept in Redis with the failed job, so
/// it says what was called and the status, and nothing of the answer's body.
final class NeighbourFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NeighbourFault(ServiceFault fault) {
    super(fault.summary());
    setStackTrace(fault.getStackTrace());
  }
}
