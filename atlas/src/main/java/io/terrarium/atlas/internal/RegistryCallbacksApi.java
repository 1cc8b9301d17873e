package io.terrarium.atlas.internal;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.AvailabilityStep;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.RegistryAccess;
import io.terrarium.core.registrymodule.ModuleIngress;
import io.terrarium.core.registrymodule.RegistryReaders;
import io.terrarium.core.token.Authentication;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What the registry asks and tells: who may read, and what it has read.
public final class RegistryCallbacksApi {
  private final ModuleIngress ingress;
  private final RegistryReaders readers;
  private final Authentication authentication;
  private final Consumer<Hop> ownHops;
  private final Clock clock;

  /// @param ownHops takes those that end with atlas
  public RegistryCallbacksApi(
      ModuleIngress ingress,
      RegistryReaders readers,
      Authentication authentication,
      Consumer<Hop> ownHops,
      Clock clock) {
    this.ownHops = ownHops;
    this.clock = clock;
    this.ingress = ingress;
    this.readers = readers;
    this.authentication = authentication;
  }

  public void mount(Api api) {
    api.post(InternalApi.MODULE_EXTRACTED, this::extracted);
    api.post(InternalApi.REGISTRY_ACCESS, this::access);
  }

  private Reply extracted(Call call) {
    Instant received = clock.instant();
    ModuleExtracted read = call.json(ModuleExtracted.class);
    ingress.extracted(read);
    Flow flow = Flow.of(call::header, received);
    if (!flow.id().isEmpty()) {
      ownHops.accept(
          flow.hop(
                  AvailabilityStep.RESULTS_POSTED,
                  "post what was read",
                  "atlas",
                  Medium.HTTP,
                  received,
                  clock.instant())
              .endingWith(read.status().wire())
              .sending(Shown.Extracted.of(read)));
    }
    return Reply.noContent();
  }

  private Reply access(Call call) {
    RegistryAccess.Question question = call.json(RegistryAccess.Question.class);
    Optional<OrganizationId> organization =
        authentication
            .principal(question.token())
            .map(principal -> readers.organization(principal, question.namespace()))
            .orElseThrow(Fault.Unauthorized::new);
    return Reply.json(
        200, new RegistryAccess.Answer(RegistryAccess.VERSION, organization.orElse(null)));
  }
}
