package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.RunObjects;
import io.terrarium.kernel.client.ServiceClient;

/// Jobs about files.
final class ObjectJobs {
  private final RunObjects objects;
  private final Outbox outbox;
  private final ServiceClient archivist;

  ObjectJobs(RunObjects objects, Outbox outbox, ServiceClient archivist) {
    this.objects = objects;
    this.outbox = outbox;
    this.archivist = archivist;
  }

  /// A repetition deletes what is gone already, which archivist takes without harm.
  void delete(Job.DeleteObjects job, Flow flow, String jid) {
    for (String id : job.objectIds()) {
      archivist.delete(objects.delete(id), flow.headers());
    }
    outbox.done(jid);
  }
}
