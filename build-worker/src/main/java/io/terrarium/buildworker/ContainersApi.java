package io.terrarium.buildworker;

import io.terrarium.contracts.internal.BuildContainers;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Reply;

/// What the builds here use, for the metrics of operations. It names runs and workspaces, so that
/// it is not told to everybody as the worker's own metrics are.
final class ContainersApi {
  private final Commands commands;

  ContainersApi(Commands commands) {
    this.commands = commands;
  }

  /// Behind a good internal token.
  void mount(Api api) {
    api.get(InternalApi.BUILD_CONTAINERS, _ -> Reply.json(200, containers()));
  }

  private BuildContainers containers() {
    return new BuildContainers(
        BuildContainers.VERSION, commands.held().map(ContainersApi::container).toList());
  }

  private static BuildContainers.Build container(Lease lease) {
    BuildSpecification build = lease.build();
    return new BuildContainers.Build(
        build.phaseId(),
        build.runId(),
        build.phase(),
        build.workspaceName(),
        build.organizationName(),
        lease.reins().trees().measures());
  }
}
