package io.terrarium.atlas.internal;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.RegistryAccess;
import io.terrarium.core.registrymodule.ModuleVersions;
import io.terrarium.core.registrymodule.RegistryReaders;
import io.terrarium.core.token.Authentication;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// What the registry asks and tells: who may read, and what it has read.
public final class RegistryCallbacksApi {
  private final ModuleVersions versions;
  private final RegistryReaders readers;
  private final Authentication authentication;

  public RegistryCallbacksApi(
      ModuleVersions versions, RegistryReaders readers, Authentication authentication) {
    this.versions = versions;
    this.readers = readers;
    this.authentication = authentication;
  }

  public void mount(Api api) {
    api.post(InternalApi.MODULE_EXTRACTED, this::extracted);
    api.post(InternalApi.REGISTRY_ACCESS, this::access);
  }

  private Reply extracted(Call call) {
    versions.extracted(call.json(ModuleExtracted.class));
    return Reply.noContent();
  }

  private Reply access(Call call) {
    RegistryAccess.Question question = call.json(RegistryAccess.Question.class);
    boolean mayRead =
        authentication
            .principal(question.token())
            .map(principal -> readers.mayRead(principal, question.namespace()))
            .orElseThrow(Fault.Unauthorized::new);
    return Reply.json(200, new RegistryAccess.Answer(RegistryAccess.VERSION, mayRead));
  }
}
