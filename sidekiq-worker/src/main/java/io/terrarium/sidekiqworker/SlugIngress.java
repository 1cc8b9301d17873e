package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.ChangesRequest;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.ingress.Refs;
import io.terrarium.contracts.ingress.RefsRequest;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.core.vcs.GitQuestions;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Asks slug-ingress. What it says against a repository is an answer; all else is trouble of ours,
/// and passes.
final class SlugIngress {
  private static final int UNPROCESSABLE = 422;

  private final ServiceClient service;

  SlugIngress(ServiceClient service) {
    this.service = service;
  }

  /// What came of an ingress.
  sealed interface Outcome {
    record Done(Ingested ingested) implements Outcome {}

    record Failed(IngressFailure failure) implements Outcome {}
  }

  Outcome ingest(IngressRequest request, Flow flow) {
    try {
      return new Outcome.Done(
          service.post(InternalApi.INGRESS, request, headers(flow), Ingested.class));
    } catch (ServiceFault fault) {
      return new Outcome.Failed(failure(fault));
    }
  }

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

  /// What a repository does not tell is not known, and that is all.
  GitQuestions questions(Flow flow) {
    Map<String, String> headers = headers(flow);
    return new GitQuestions() {
      @Override
      public Optional<Refs> refs(GitRemote remote) {
        return ask(
            InternalApi.REFS, new RefsRequest(RefsRequest.VERSION, remote), headers, Refs.class);
      }

      @Override
      public Optional<Changes> changes(GitRemote remote, String base, String head) {
        return ask(
            InternalApi.CHANGES,
            new ChangesRequest(ChangesRequest.VERSION, remote, base, head),
            headers,
            Changes.class);
      }
    };
  }

  private <T> Optional<T> ask(
      String path, Object request, Map<String, String> headers, Class<T> answer) {
    try {
      return Optional.of(service.post(path, request, headers, answer));
    } catch (ServiceFault fault) {
      if (fault.status() != UNPROCESSABLE) {
        throw fault;
      }
      return Optional.empty();
    }
  }

  private static Map<String, String> headers(Flow flow) {
    Map<String, String> headers = new LinkedHashMap<>(flow.headers());
    headers.put("Content-Type", "application/json");
    return headers;
  }
}
