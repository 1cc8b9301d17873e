package io.terrarium.core.assembly;

import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.oauthclient.ConnectGrants;
import io.terrarium.core.oauthclient.ConnectPaths;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.oauthclient.OauthLogins;
import io.terrarium.core.oauthclient.OauthTokens;
import io.terrarium.core.oauthclient.TokenRenewals;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registrymodule.ModuleDeletions;
import io.terrarium.core.registrymodule.ModuleIngress;
import io.terrarium.core.registrymodule.ModuleSync;
import io.terrarium.core.registrymodule.ModuleVersions;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.core.registrymodule.RegistryReaders;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.vcs.AbandonedHooks;
import io.terrarium.core.vcs.CommitStatuses;
import io.terrarium.core.vcs.Findings;
import io.terrarium.core.vcs.HookRemovals;
import io.terrarium.core.vcs.Hooks;
import io.terrarium.core.vcs.HostRepositories;
import io.terrarium.core.vcs.Hosts;
import io.terrarium.core.vcs.Ingress;
import io.terrarium.core.vcs.Repositories;
import io.terrarium.core.vcs.VcsEvents;
import io.terrarium.core.vcs.Webhooks;
import io.terrarium.core.vcs.WorkspaceLinks;
import io.terrarium.core.vcshost.HostLine;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.net.URI;
import java.time.Clock;

/// Git hosts, what workspaces follow there, what comes from there, and what is published.
public record VcsModule(
    OauthClients clients,
    OauthTokens tokens,
    ConnectPaths connectPaths,
    OauthLogins logins,
    HostRepositories hostRepositories,
    Repositories repositories,
    WorkspaceLinks links,
    Ingress ingress,
    Webhooks webhooks,
    ModuleVersions moduleVersions,
    ModuleIngress moduleIngress,
    ModuleDeletions moduleDeletions,
    RegistryModules modules,
    ModuleSync moduleSync,
    RegistryReaders registryReaders,
    ProviderModule providers,
    CommitStatuses statuses,
    Findings findings,
    Hooks hooks,
    HookRemovals hookRemovals,
    AbandonedHooks abandonedHooks,
    VcsEvents events,
    Hosts hosts)
    implements AutoCloseable {
  /// What stands around it.
  record Parts(
      Database database,
      Access access,
      ValueCipher cipher,
      Outbox outbox,
      Clock clock,
      Ids ids,
      URI outboundProxy,
      URI publicUrl,
      Secret rootSecret) {}

  static VcsModule of(Parts parts, ConfigurationVersions configurations, RunObjects objects) {
    Database database = parts.database();
    Access access = parts.access();
    ValueCipher cipher = parts.cipher();
    Outbox outbox = parts.outbox();
    Clock clock = parts.clock();
    Ids ids = parts.ids();
    OutboundClient outside = HostLine.wayOut(parts.outboundProxy());
    VcsEvents events = new VcsEvents(database, access, clock, ids);
    TokenRenewals renewals =
        new TokenRenewals(
            database, outside, cipher, clock, new TokenRenewals.Site(parts.publicUrl(), events));
    Hosts hosts = new Hosts(outside, cipher, renewals);
    ConnectGrants grants = ConnectGrants.of(parts.rootSecret());
    AbandonedHooks abandoned = new AbandonedHooks(database, renewals, outbox, clock);
    OauthClients clients =
        new OauthClients(
            database, access, cipher, new OauthClients.Hosts(hosts, abandoned), clock, ids);
    OauthTokens tokens = new OauthTokens(database, access, cipher, clients, abandoned);
    Repositories repositories = new Repositories(database, cipher, hosts, outbox, clock, ids);
    Ingress ingress =
        new Ingress(
            database,
            new Ingress.Neighbours(configurations, objects, repositories, outbox),
            clock,
            ids);
    ModuleVersions versions = new ModuleVersions(database, access, outbox, clock, ids);
    ModuleSync sync = new ModuleSync(database, repositories, versions, outbox, clock);
    return new VcsModule(
        clients,
        tokens,
        new ConnectPaths(database, access, grants, clock),
        new OauthLogins(
            database,
            outside,
            cipher,
            grants,
            new OauthLogins.Parts(parts.publicUrl(), clock, ids, events)),
        new HostRepositories(tokens, hosts),
        repositories,
        new WorkspaceLinks(repositories, ingress),
        ingress,
        new Webhooks(database, access, cipher, outbox, clock, ids),
        versions,
        new ModuleIngress(database, repositories, objects, outbox, clock),
        new ModuleDeletions(database, access, repositories, outbox),
        new RegistryModules(database, access, repositories, versions, outbox, clock, ids),
        sync,
        new RegistryReaders(database, access),
        ProviderModule.of(database, access, outbox, clock, ids),
        new CommitStatuses(database, hosts, events, outbox, parts.publicUrl()),
        new Findings(hosts, repositories, clock),
        new Hooks(database, cipher, hosts, events, outbox, parts.publicUrl()),
        new HookRemovals(database, hosts, events, outbox, clock, parts.publicUrl()),
        abandoned,
        events,
        hosts);
  }

  @Override
  public void close() {
    hosts.close();
  }
}
