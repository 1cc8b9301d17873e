package io.terrarium.sidekiqworker;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.job.JobCodec;
import io.terrarium.core.notification.Deliveries;
import io.terrarium.core.notification.DeliveryFault;
import io.terrarium.core.oauthclient.TokenRenewals.SilentHostFault;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcs.CommitStatuses.StatusFault;
import io.terrarium.core.vcs.Hooks.HookFault;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.sidekiq.MalformedJobException;
import io.terrarium.kernel.sidekiq.SidekiqHandler;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads each job of Sidekiq's and has it done. Every job may come twice: what it changes in the
/// database is written with the deletion of its outbox row, and what it asks of other services they
/// take twice without harm. A class that is unknown here fails and is retried as any job, since a
/// newer worker may know it; arguments that do not fit never will, so they end in the dead set.
///
/// Runs wait for these jobs, so a failed one waits minutes for its next try, not days. Its outbox
/// row stays, and with it the promise that it is pushed again, should Redis lose the job or Sidekiq
/// give it up; but not while it is among the retries, or a neighbour's outage would multiply it.
/// Only where somebody outside is to be told is giving up the end: they had their tries.
final class Jobs implements SidekiqHandler {
  private static final Duration RETRY_MAX = Duration.ofMinutes(5);
  private static final Duration GIVEN_UP_FOR = Duration.ofHours(1);

  private final RunJobs runs;
  private final StateJobs states;
  private final ObjectJobs objects;
  private final ConfigurationJobs configurations;
  private final VcsJobs vcs;
  private final ModuleJobs modules;
  private final Deliveries deliveries;
  private final Outbox outbox;
  private final HopReporter hops;
  private final Clock clock;

  /// Who does them.
  record Hands(
      RunJobs runs,
      StateJobs states,
      ObjectJobs objects,
      ConfigurationJobs configurations,
      VcsJobs vcs,
      ModuleJobs modules,
      Deliveries deliveries) {}

  Jobs(Hands hands, Outbox outbox, HopReporter hops, Clock clock) {
    this.runs = hands.runs();
    this.states = hands.states();
    this.objects = hands.objects();
    this.configurations = hands.configurations();
    this.vcs = hands.vcs();
    this.modules = hands.modules();
    this.deliveries = hands.deliveries();
    this.outbox = outbox;
    this.hops = hops;
    this.clock = clock;
  }

  @Override
  public void handle(SidekiqJob envelope) throws MalformedJobException {
    Instant received = clock.instant();
    Job job = read(envelope);
    Flow flow = flow(envelope, received);
    Flow onward = flow.on(SidekiqWorker.NAME, clock.instant());
    try {
      execute(job, onward, envelope.jid());
    } catch (ServiceFault fault) {
      throw new NeighbourFault(fault);
    }
    if (!flow.id().isEmpty()) {
      hops.add(
          flow.hop(
                  step(job, flow),
                  "enqueue the job " + envelope.className(),
                  SidekiqWorker.NAME,
                  Medium.REDIS,
                  received,
                  clock.instant())
              .sending(new Shown.LeftJob(job, envelope.jid())));
    }
  }

  /// The documents begin each of their flows with a job.
  private static int step(Job job, Flow flow) {
    return switch (job) {
      case Job.EnqueueBuild _ -> Step.JOB_ENQUEUED;
      case Job.ProcessWebhook _, Job.SyncModule _, Job.IngestModuleVersion _ ->
          Step.INGRESS_JOB_ENQUEUED;
      case Job.IngestConfigurations _ ->
          flow.id().startsWith(ConfigurationVersionId.PREFIX)
              ? Step.INGRESS_JOB_ENQUEUED
              : Step.OURS;
      case Job.SignalCancel _,
          Job.CloseLog _,
          Job.TriggerRuns _,
          Job.DeliverNotification _,
          Job.ParseState _,
          Job.ReadReadme _,
          Job.PostCommitStatus _,
          Job.PostPassingStatuses _,
          Job.RegisterWebhook _,
          Job.RemoveWebhook _,
          Job.WithdrawVersions _,
          Job.DeleteObjects _ ->
          Step.OURS;
    };
  }

  /// The flow, and what the job's own words name: its run, its state version.
  @Override
  public Map<String, String> logged(SidekiqJob envelope) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (JsonNode argument : envelope.args()) {
      argument
          .propertyStream()
          .filter(word -> word.getKey().endsWith("_id") && word.getValue().isTextual())
          .forEach(word -> fields.put(word.getKey(), word.getValue().textValue()));
    }
    fields.putAll(FlowLog.of(envelope.text("flow").orElse(""), envelope.text("phase").orElse("")));
    return fields;
  }

  @Override
  public Duration retryIn(Duration usual) {
    return usual.compareTo(RETRY_MAX) < 0 ? usual : RETRY_MAX;
  }

  @Override
  public void willRetry(SidekiqJob job, Instant time) {
    outbox.postpone(job.jid(), time);
  }

  @Override
  public void gaveUp(SidekiqJob job, Throwable error) {
    if (error instanceof MalformedJobException) {
      outbox.done(job.jid());
    } else if (isOutside(error) && JobCodec.retries(job.className()).isPresent()) {
      giveUp(job, error);
    } else if (!isFailedForGood(job)) {
      outbox.postpone(job.jid(), clock.instant().plus(GIVEN_UP_FOR));
    }
  }

  /// What people wait for gets an end that they can see.
  private boolean isFailedForGood(SidekiqJob envelope) {
    try {
      switch (read(envelope)) {
        case Job.IngestConfigurations ingest -> vcs.gaveUp(ingest, envelope.jid());
        case Job.IngestModuleVersion version -> modules.gaveUp(version, envelope.jid());
        default -> {
          return false;
        }
      }
      return true;
    } catch (MalformedJobException | IllegalArgumentException _) {
      return false;
    }
  }

  /// Somebody else's server was asked, and has not done it.
  private static boolean isOutside(Throwable error) {
    return error instanceof DeliveryFault
        || error instanceof StatusFault
        || error instanceof HookFault
        || error instanceof SilentHostFault;
  }

  private void giveUp(SidekiqJob job, Throwable error) {
    if (JobCodec.read(job.className(), job.args().getFirst())
        instanceof Job.RemoveWebhook removal) {
      vcs.giveUp(removal, error, job.jid());
    } else {
      outbox.done(job.jid());
    }
  }

  private static Job read(SidekiqJob envelope) throws MalformedJobException {
    String name = envelope.className();
    if (!JobCodec.knows(name)) {
      throw new IllegalArgumentException("unknown job class " + name);
    }
    if (envelope.args().size() != 1) {
      throw new MalformedJobException(
          name + " takes one argument, not " + envelope.args().size(), null);
    }
    try {
      return JobCodec.read(name, envelope.args().getFirst());
    } catch (IllegalArgumentException e) {
      throw new MalformedJobException(String.valueOf(e.getMessage()), e);
    }
  }

  private void execute(Job job, Flow flow, String jid) {
    switch (job) {
      case Job.EnqueueBuild build -> runs.enqueue(build, flow, jid);
      case Job.SignalCancel cancel -> runs.signalCancel(cancel, flow, jid);
      case Job.CloseLog close -> runs.closeLog(close, flow, jid);
      case Job.TriggerRuns trigger -> runs.trigger(trigger, jid);
      case Job.DeliverNotification notification ->
          deliveries.deliver(notification, flow.headers(), jid);
      case Job.ParseState parse -> states.parse(parse, flow, jid);
      case Job.ReadReadme read -> configurations.readReadme(read, flow, jid);
      case Job.IngestConfigurations ingest -> vcs.ingest(ingest, flow, jid);
      case Job.SyncModule sync -> modules.sync(sync, flow, jid);
      case Job.IngestModuleVersion version -> modules.ingest(version, flow, jid);
      case Job.WithdrawVersions withdrawn -> modules.withdraw(withdrawn, flow, jid);
      case Job.ProcessWebhook webhook -> vcs.process(webhook, flow, jid);
      case Job.PostCommitStatus status -> vcs.post(status, flow, jid);
      case Job.PostPassingStatuses statuses -> vcs.pass(statuses, flow, jid);
      case Job.RegisterWebhook register -> vcs.register(register, flow, jid);
      case Job.RemoveWebhook remove -> vcs.remove(remove, flow, jid);
      case Job.DeleteObjects delete -> objects.delete(delete, flow, jid);
    }
  }

  /// The extra keys that the outbox's relay gave the job.
  private static Flow flow(SidekiqJob job, Instant received) {
    return new Flow(
        job.text("flow").orElse(""),
        job.text("phase").orElse(""),
        job.text("from").orElse("atlas"),
        job.text("sent_at").flatMap(Jobs::instant).orElse(received),
        job.text("traceparent").orElse(null));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Json.SNAKE.convertValue(text, Instant.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
