package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.ChangesRequest;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.Refs;
import io.terrarium.contracts.ingress.RefsRequest;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.assembly.VcsModule;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcs.GitQuestions;
import io.terrarium.core.vcs.Ingress;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Jobs about what comes from Git.
final class VcsJobs {
  private static final int UNPROCESSABLE = 422;

  private final VcsModule vcs;
  private final Outbox outbox;
  private final ServiceClient slugIngress;

  VcsJobs(VcsModule vcs, Outbox outbox, ServiceClient slugIngress) {
    this.vcs = vcs;
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
    try {
      Ingested ingested =
          slugIngress.post(
              InternalApi.INGRESS, order.get().request(), headers(flow), Ingested.class);
      vcs.ingress().fetched(order.get(), ingested, jid);
    } catch (ServiceFault fault) {
      vcs.ingress().failed(order.get(), failure(fault), jid);
    }
  }

  /// A repetition finds the delivery done with.
  void process(Job.ProcessWebhook job, Flow flow, String jid) {
    vcs.reactions().process(job.webhookDeliveryId(), new ByGit(headers(flow)), flow.headers(), jid);
  }

  /// A repetition tells the host the same again.
  void register(Job.RegisterWebhook job, Flow flow, String jid) {
    vcs.hooks().register(job.vcsRepositoryId(), flow.headers(), jid);
  }

  /// What slug-ingress says against a repository. All else is trouble of ours, and passes.
  private static IngressFailure failure(ServiceFault fault) {
    if (fault.status() != UNPROCESSABLE) {
      throw fault;
    }
    try {
      return Json.SNAKE.readValue(fault.body(), IngressFailure.class);
    } catch (IOException e) {
      fault.addSuppressed(e);
      throw fault;
    }
  }

  private static Map<String, String> headers(Flow flow) {
    Map<String, String> headers = new LinkedHashMap<>(flow.headers());
    headers.put("Content-Type", "application/json");
    return headers;
  }

  /// Asks slug-ingress. What a repository does not tell is not known, and that is all.
  private final class ByGit implements GitQuestions {
    private final Map<String, String> headers;

    ByGit(Map<String, String> headers) {
      this.headers = headers;
    }

    @Override
    public Optional<Refs> refs(GitRemote remote) {
      return ask(InternalApi.REFS, new RefsRequest(RefsRequest.VERSION, remote), Refs.class);
    }

    @Override
    public Optional<Changes> changes(GitRemote remote, String base, String head) {
      return ask(
          InternalApi.CHANGES,
          new ChangesRequest(ChangesRequest.VERSION, remote, base, head),
          Changes.class);
    }

    private <T> Optional<T> ask(String path, Object request, Class<T> answer) {
      try {
        return Optional.of(slugIngress.post(path, request, headers, answer));
      } catch (ServiceFault fault) {
        if (fault.status() != UNPROCESSABLE) {
          throw fault;
        }
        return Optional.empty();
      }
    }
  }
}
