package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.assembly.VcsModule;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcs.Arrivals;
import io.terrarium.core.vcs.Ingress;
import io.terrarium.core.vcs.Reactions;
import java.util.Objects;

/// Jobs about what comes from Git.
final class VcsJobs {
  private final VcsModule vcs;
  static final String GAVE_UP =
      "It could not be fetched in many attempts. The logs of sidekiq-worker and slug-ingress say why.";

  private final Reactions reactions;
  private final Arrivals arrivals;
  private final Outbox outbox;
  private final SlugIngress slugIngress;

  VcsJobs(
      VcsModule vcs,
      Reactions reactions,
      Arrivals arrivals,
      Outbox outbox,
      SlugIngress slugIngress) {
    this.arrivals = arrivals;
    this.vcs = vcs;
    this.reactions = reactions;
    this.outbox = outbox;
    this.slugIngress = slugIngress;
  }

  /// The documents' step 2. A repetition asks for what is not there yet; where slug-ingress has
  /// stored it and nobody has heard, it stores the same again.
  void ingest(Job.IngestConfigurations job, Flow flow, String jid) {
    switch (vcs.ingress().next(job.configurationVersionIds(), slugIngress.questions(flow))) {
      case Ingress.Next.Order order -> ingest(order, flow, jid);
      case Ingress.Next.Hopeless hopeless ->
          arrivals.failed(hopeless.configurations(), hopeless.error(), hopeless.message(), jid);
      case Ingress.Next.Nothing _ -> outbox.done(jid);
    }
  }

  private void ingest(Ingress.Next.Order order, Flow flow, String jid) {
    switch (slugIngress.ingest(order.request(), flow)) {
      case SlugIngress.Outcome.Done done -> {
        // Before the job is done with: a run of an older commit may have begun meanwhile.
        reactions.supersede(order.configurations());
        vcs.ingress().fetched(order, done.ingested(), jid);
      }
      case SlugIngress.Outcome.Failed failed -> arrivals.failed(order, failed.failure(), jid);
    }
  }

  /// They were tried often enough.
  void gaveUp(Job.IngestConfigurations job, String jid) {
    arrivals.failed(job.configurationVersionIds(), "ingress_failed", GAVE_UP, jid);
  }

  /// A repetition finds the delivery done with.
  void process(Job.ProcessWebhook job, Flow flow, String jid) {
    reactions.process(job.webhookDeliveryId(), slugIngress.questions(flow), flow.headers(), jid);
  }

  /// A repetition shows what is so by then.
  void post(Job.PostCommitStatus job, Flow flow, String jid) {
    vcs.statuses().post(job.runId(), flow.headers(), jid);
  }

  /// A repetition shows the same again.
  void pass(Job.PostPassingStatuses job, Flow flow, String jid) {
    vcs.statuses().pass(job, flow.headers(), jid);
  }

  /// A repetition tells the host the same again.
  void register(Job.RegisterWebhook job, Flow flow, String jid) {
    vcs.hooks().register(job.vcsRepositoryId(), flow.headers(), jid);
  }

  /// A repetition finds it gone, or followed again.
  void remove(Job.RemoveWebhook job, Flow flow, String jid) {
    vcs.hookRemovals().remove(job.vcsRepositoryId(), flow.headers(), jid);
  }

  void giveUp(Job.RemoveWebhook job, Throwable error, String jid) {
    vcs.hookRemovals()
        .giveUp(job.vcsRepositoryId(), Objects.requireNonNullElse(error.getMessage(), ""), jid);
  }
}
