package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.assembly.VcsModule;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.client.ServiceClient;
import java.util.Optional;

/// Jobs about modules of the private registry, and about what it is to forget.
final class ModuleJobs {
  private final VcsModule vcs;
  private final Outbox outbox;
  private final SlugIngress slugIngress;
  private final ServiceClient registry;

  ModuleJobs(VcsModule vcs, Outbox outbox, SlugIngress slugIngress, ServiceClient registry) {
    this.vcs = vcs;
    this.outbox = outbox;
    this.slugIngress = slugIngress;
    this.registry = registry;
  }

  /// A repetition finds the versions that are there already.
  void sync(Job.SyncModule job, Flow flow, String jid) {
    vcs.moduleSync().sync(job.registryModuleId(), slugIngress.questions(flow), jid);
  }

  /// A repetition finds the version stored, or stores the same again.
  void ingest(Job.IngestModuleVersion job, Flow flow, String jid) {
    Optional<IngressRequest> order =
        vcs.moduleIngress().order(job.moduleVersionId(), slugIngress.questions(flow));
    if (order.isEmpty()) {
      outbox.done(jid);
      return;
    }
    switch (slugIngress.ingest(order.get(), flow)) {
      case SlugIngress.Outcome.Done done ->
          vcs.moduleIngress().fetched(job.moduleVersionId(), done.ingested(), jid);
      case SlugIngress.Outcome.Failed failed ->
          vcs.moduleIngress().failed(job.moduleVersionId(), failed.failure(), jid);
    }
  }

  /// It was tried often enough.
  void gaveUp(Job.IngestModuleVersion job, String jid) {
    vcs.moduleIngress().gaveUp(job.moduleVersionId(), VcsJobs.GAVE_UP, jid);
  }

  /// A repetition has the registry forget what it has forgotten, which it takes without harm.
  void withdraw(Job.WithdrawVersions job, Flow flow, String jid) {
    for (ModuleVersionId id : job.moduleVersionIds()) {
      registry.delete(InternalApi.at(InternalApi.MODULE_VERSION, id.value()), flow.headers());
    }
    for (ProviderVersionId id : job.providerVersionIds()) {
      registry.delete(InternalApi.at(InternalApi.PROVIDER_VERSION, id.value()), flow.headers());
    }
    outbox.done(jid);
  }
}
