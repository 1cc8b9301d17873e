package io.terrarium.sidekiqworker;

import io.terrarium.contracts.build.CancelSignal;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.Runs;
import io.terrarium.core.runtrigger.RunTriggers;
import io.terrarium.kernel.client.ServiceClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Jobs about runs.
final class RunJobs {
  private final Runs runs;
  private final RunTriggers triggers;
  private final RunObjects objects;
  private final Outbox outbox;
  private final ServiceClient buildManager;
  private final ServiceClient archivist;

  RunJobs(
      Runs runs,
      RunTriggers triggers,
      RunObjects objects,
      Outbox outbox,
      ServiceClient buildManager,
      ServiceClient archivist) {
    this.runs = runs;
    this.triggers = triggers;
    this.objects = objects;
    this.outbox = outbox;
    this.buildManager = buildManager;
    this.archivist = archivist;
  }

  /// The documents' step 2. Only when build-manager has the broker's word does the run count as
  /// queued there; a repetition sends the command again, which the claim makes harmless.
  void enqueue(Job.EnqueueBuild job, Flow flow, String jid) {
    buildManager.post(InternalApi.BUILDS, job.command(), headers(flow, "application/json"));
    runs.enqueued(job.runId(), job.command().phaseId(), jid);
  }

  void signalCancel(Job.SignalCancel job, Flow flow, String jid) {
    buildManager.post(
        InternalApi.CANCELS,
        new CancelSignal(CancelSignal.VERSION, job.phaseId()),
        headers(flow, "application/json"));
    outbox.done(jid);
  }

  /// Ends a log in a worker's place; a repetition finds it ended and changes nothing.
  void closeLog(Job.CloseLog job, Flow flow, String jid) {
    byte[] words = ("\n" + job.message() + "\n").getBytes(StandardCharsets.UTF_8);
    archivist.post(
        objects.closeLog(job.phaseId()) + "?end=1",
        HttpRequest.BodyPublishers.ofByteArray(words),
        headers(flow, "text/plain"));
    outbox.done(jid);
  }

  /// A repetition finds the workspaces taken that have been triggered, and goes on with the others.
  void trigger(Job.TriggerRuns job, String jid) {
    triggers.fire(job.runId(), jid);
  }

  private static Map<String, String> headers(Flow flow, String contentType) {
    Map<String, String> headers = new LinkedHashMap<>(flow.headers());
    headers.put("Content-Type", contentType);
    return headers;
  }
}
