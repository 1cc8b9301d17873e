package io.terrarium.atlas;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.account.AccountApi;
import io.terrarium.atlas.api.configurationversion.ConfigurationVersionsApi;
import io.terrarium.atlas.api.flow.Flows;
import io.terrarium.atlas.api.flow.FlowsApi;
import io.terrarium.atlas.api.gpgkey.GpgKeysApi;
import io.terrarium.atlas.api.oauthclient.OauthClientsApi;
import io.terrarium.atlas.api.oauthclient.OauthTokensApi;
import io.terrarium.atlas.api.organization.OrganizationsApi;
import io.terrarium.atlas.api.project.ProjectWorkspacesApi;
import io.terrarium.atlas.api.project.ProjectsApi;
import io.terrarium.atlas.api.registrymodule.ModuleVersionsApi;
import io.terrarium.atlas.api.registrymodule.RegistryModulesApi;
import io.terrarium.atlas.api.registryprovider.ProviderPlatformsApi;
import io.terrarium.atlas.api.registryprovider.ProviderVersionsApi;
import io.terrarium.atlas.api.registryprovider.RegistryProvidersApi;
import io.terrarium.atlas.api.retention.BackingDataApi;
import io.terrarium.atlas.api.retention.RetentionPoliciesApi;
import io.terrarium.atlas.api.run.PhasesApi;
import io.terrarium.atlas.api.run.RunActionsApi;
import io.terrarium.atlas.api.run.RunHistoryApi;
import io.terrarium.atlas.api.run.RunsApi;
import io.terrarium.atlas.api.runtrigger.RunTriggersApi;
import io.terrarium.atlas.api.sshkey.SshKeysApi;
import io.terrarium.atlas.api.stateversion.StateVersionResource;
import io.terrarium.atlas.api.stateversion.StateVersionsApi;
import io.terrarium.atlas.api.variable.SetVariablesApi;
import io.terrarium.atlas.api.variable.VariablesApi;
import io.terrarium.atlas.api.variableset.VariableSetLinksApi;
import io.terrarium.atlas.api.variableset.VariableSetsApi;
import io.terrarium.atlas.api.vcs.HostRepositoriesApi;
import io.terrarium.atlas.api.vcs.IngressAttributesApi;
import io.terrarium.atlas.api.vcs.VcsEventsApi;
import io.terrarium.atlas.api.vcs.WebhooksApi;
import io.terrarium.atlas.api.workspace.ProjectTagsApi;
import io.terrarium.atlas.api.workspace.RemoteStateConsumersApi;
import io.terrarium.atlas.api.workspace.WorkspaceResourcesApi;
import io.terrarium.atlas.api.workspace.WorkspaceSshKeyApi;
import io.terrarium.atlas.api.workspace.WorkspaceTagsApi;
import io.terrarium.atlas.api.workspace.WorkspacesApi;
import io.terrarium.atlas.internal.BuildsApi;
import io.terrarium.atlas.internal.CurrentRunsApi;
import io.terrarium.atlas.internal.ObjectsApi;
import io.terrarium.atlas.internal.RegistryCallbacksApi;
import io.terrarium.atlas.ui.oauthclient.ConnectPages;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.RegistryModuleId;
import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.assembly.ProviderModule;
import io.terrarium.core.registry.RegistryOffers;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.Runs;
import io.terrarium.core.stateversion.StateObjects;
import io.terrarium.kernel.client.Batches;
import io.terrarium.kernel.http.Api;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/// The routes of workspaces, their variables, states and runs; and those that the mesh itself
/// calls.
final class RunRoutes implements AutoCloseable {
  private final Core core;
  private final PublicAddress address;
  private final RegistryOffers offers;
  private final Clock clock;
  private final Batches<Hop> ownHops;
  private final BuildsApi builds;

  RunRoutes(Core core, PublicAddress address, RegistryOffers offers, Clock clock) {
    this.core = core;
    this.address = address;
    this.offers = offers;
    this.clock = clock;
    ownHops = new Batches<>("hops-atlas", core.hops()::record);
    builds =
        new BuildsApi(
            core.run().claims(),
            core.run().builds(),
            core.workers(),
            core.hops(),
            ownHops::add,
            clock);
  }

  /// For clients with a good token.
  void mount(Api api, AccountApi accounts, OrganizationsApi organizations, ProjectsApi projects) {
    Runs runs = core.run().runs();
    IngressAttributesApi ingress = new IngressAttributesApi(core.vcs().ingress());
    ConfigurationVersionsApi configurations =
        new ConfigurationVersionsApi(core.configurations(), runs, core.objects(), address, ingress);
    PhasesApi phases = new PhasesApi(runs, core.objects(), address);
    RunHistoryApi history = new RunHistoryApi(runs, core.run().comments());
    StateVersionResource states = new StateVersionResource(core.stateObjects(), address);
    Inclusions included =
        new Inclusions(
            core,
            accounts,
            organizations,
            projects,
            configurations,
            phases,
            history,
            states,
            ingress,
            address);
    RunsApi runsApi = new RunsApi(runs, clock, included.ofRuns());
    new WorkspacesApi(
            core.workspaces(), core.workspaceLocks(), included.ofWorkspaces(runsApi), address)
        .mount(api);
    new WorkspaceResourcesApi(core.workspaceResources()).mount(api);
    new WorkspaceTagsApi(core.workspaceTags()).mount(api);
    new ProjectTagsApi(core.projectTags()).mount(api);
    new ProjectWorkspacesApi(core.workspaces()).mount(api);
    new WorkspaceSshKeyApi(core.sshKeys(), core.workspaces(), address).mount(api);
    new SshKeysApi(core.sshKeys()).mount(api);
    new RetentionPoliciesApi(core.retentionPolicies()).mount(api);
    new BackingDataApi(core.backingData()).mount(api);
    new RemoteStateConsumersApi(core.remoteStateConsumers(), address).mount(api);
    new VariablesApi(core.variables().variables(), core.variables().inForce()).mount(api);
    new SetVariablesApi(core.variables().variables(), core.variables().inForce()).mount(api);
    new VariableSetsApi(core.variables().sets(), included.ofVariableSets()).mount(api);
    new VariableSetLinksApi(core.variables().setLinks()).mount(api);
    new StateVersionsApi(
            core.stateVersions(), core.stateUploads(), states, included.ofStateVersions(runsApi))
        .mount(api);
    new RunTriggersApi(core.runTriggers(), included.ofRunTriggers()).mount(api);
    configurations.mount(api);
    runsApi.mount(api);
    new RunActionsApi(core.run().actions()).mount(api);
    history.mount(api);
    phases.mount(api);
    new FlowsApi(flows()).mount(api);
    ingress.mount(api);
    OauthClientsApi clients =
        new OauthClientsApi(core.vcs().clients(), core.vcs().connectPaths(), address);
    clients.mount(api);
    new OauthTokensApi(core.vcs().tokens()).mount(api);
    new HostRepositoriesApi(core.vcs().hostRepositories()).mount(api);
    new VcsEventsApi(core.vcs().events(), clients).mount(api);
    new RegistryModulesApi(core.vcs().modules(), core.vcs().moduleDeletions(), address).mount(api);
    new ModuleVersionsApi(core.vcs().moduleVersions(), core.objects(), address).mount(api);
    mountProviders(api);
  }

  private void mountProviders(Api api) {
    ProviderModule registry = core.vcs().providers();
    ProviderVersionsApi versions =
        new ProviderVersionsApi(registry.versions(), core.objects(), address, offers::wake);
    new RegistryProvidersApi(registry.providers(), versions).mount(api);
    versions.mount(api);
    new ProviderPlatformsApi(registry.platforms(), versions, core.objects(), address, offers::wake)
        .mount(api);
    new GpgKeysApi(registry.keys()).mount(api);
  }

  /// The traces of all flows.
  Flows flows() {
    return new Flows(core.hops(), core.run().runs(), statuses());
  }

  private Map<String, Flows.Statuses> statuses() {
    return Map.of(
        ConfigurationVersionId.PREFIX,
        (caller, id) ->
            core.configurations()
                .find(caller, new ConfigurationVersionId(id))
                .configuration()
                .status()
                .wire(),
        WebhookDeliveryId.PREFIX,
        (caller, id) -> core.vcs().webhooks().status(caller, new WebhookDeliveryId(id)),
        RegistryModuleId.PREFIX,
        (caller, id) ->
            core.vcs().modules().find(caller, new RegistryModuleId(id)).module().status().wire(),
        ModuleVersionId.PREFIX,
        (caller, id) ->
            core.vcs()
                .moduleVersions()
                .find(caller, new ModuleVersionId(id))
                .version()
                .status()
                .wire());
  }

  /// For Git hosts, who prove themselves by what they send.
  void mountWebhooks(Api api) {
    new WebhooksApi(core.vcs().webhooks()).mount(api);
  }

  /// For people's browsers, which have no token.
  void mountPages(Api api, boolean isSecure) {
    new ConnectPages(core.vcs().logins(), isSecure).mount(api);
  }

  /// For services with the internal token.
  void mountInternal(Api api) {
    ProviderModule providers = core.vcs().providers();
    builds.mount(api);
    new CurrentRunsApi(core.run().counts()).mount(api);
    new ObjectsApi(
            core.configurations(),
            core.arrivals(),
            core.run().builds(),
            Map.of(
                StateObjects.STATE, core.stateVersions()::stored,
                StateObjects.JSON_STATE, core.stateVersions()::stored,
                RunObjects.MODULE_VERSION, offered(core.vcs().moduleIngress()::stored),
                RunObjects.PROVIDER_SHASUMS, offered(providers.versions()::shasumsStored),
                RunObjects.PROVIDER_SIGNATURE, offered(providers.versions()::signatureStored),
                RunObjects.PROVIDER_PACKAGE, offered(providers.platforms()::stored)),
            ownHops::add,
            clock)
        .mount(api);
    new RegistryCallbacksApi(
            core.vcs().moduleIngress(),
            core.vcs().registryReaders(),
            core.authentication(),
            ownHops::add,
            clock)
        .mount(api);
  }

  /// From now on it is offered to the registry, also where this process dies before it is told.
  private Consumer<ObjectStored> offered(Consumer<ObjectStored> receiver) {
    return stored -> {
      receiver.accept(stored);
      offers.wake();
    };
  }

  @Override
  public void close() {
    ownHops.close();
  }
}
