package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.assembly.VcsModule;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcs.Ingress;
import io.terrarium.core.vcs.Reactions;
import java.util.Optional;

/// Jobs about what comes from Git.
final class VcsJobs {
  private final VcsModule vcs;
  private final Reactions reactions;
  private final Outbox outbox;
  private final SlugIngress slugIngress;

  VcsJobs(VcsModule vcs, Reactions reactions, Outbox outbox, SlugIngress slugIngress) {
    this.vcs = vcs;
    this.reactions = reactions;
    this.outbox = outbox;
    this.slugIngress = slugIngress;
  }

  /// The documents' step 2. A repetition asks for what is not there yet; where slug-ingress has
  /// stored it and nobody has heard, it stores the same again.
  void ingest(Job.IngestConfigurations job, Flow flow, String jid) {
    Optional<Ingress.Order> order = vcs.ingress().order(job.configurationVersionIds());
    if (order.isEmpty()) {
      outbox.done(jid);
      return;
    }
    switch (slugIngress.ingest(order.get().request(), flow)) {
      case SlugIngress.Outcome.Done done ->
          vcs.ingress().fetched(order.get(), done.ingested(), jid);
      case SlugIngress.Outcome.Failed failed ->
          vcs.ingress().failed(order.get(), failed.failure(), jid);
    }
  }

  /// A repetition finds the delivery done with.
  void process(Job.ProcessWebhook job, Flow flow, String jid) {
    reactions.process(job.webhookDeliveryId(), slugIngress.questions(flow), flow.headers(), jid);
  }

  /// A repetition shows what is so by then.
  void post(Job.PostCommitStatus job, Flow flow, String jid) {
    vcs.statuses().post(job.runId(), flow.headers(), jid);
  }

  /// A repetition tells the host the same again.
  void register(Job.RegisterWebhook job, Flow flow, String jid) {
    vcs.hooks().register(job.vcsRepositoryId(), flow.headers(), jid);
  }
}
