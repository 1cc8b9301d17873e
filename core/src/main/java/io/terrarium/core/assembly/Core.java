package io.terrarium.core.assembly;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.node.DrainMarks;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.dispatch.Workers;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.notification.NotificationModule;
import io.terrarium.core.notification.RunNotices;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.outbox.SidekiqRelay;
import io.terrarium.core.readme.Readmes;
import io.terrarium.core.retention.BackingData;
import io.terrarium.core.retention.RetentionPolicies;
import io.terrarium.core.run.RunFollower;
import io.terrarium.core.run.RunModule;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.RunParts;
import io.terrarium.core.runtrigger.RunTriggers;
import io.terrarium.core.settings.Settings;
import io.terrarium.core.sshkey.SshKeys;
import io.terrarium.core.stateversion.ObjectFacts;
import io.terrarium.core.stateversion.PendingStateStore;
import io.terrarium.core.stateversion.StateObjects;
import io.terrarium.core.stateversion.StateUploads;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.core.stateversion.WorkspaceResources;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.TokenDigest;
import io.terrarium.core.token.Tokens;
import io.terrarium.core.vcs.Arrivals;
import io.terrarium.core.vcs.Reactions;
import io.terrarium.core.workspace.ProjectTags;
import io.terrarium.core.workspace.RemoteStateConsumers;
import io.terrarium.core.workspace.WorkspaceLocks;
import io.terrarium.core.workspace.WorkspaceTags;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.vault.Transit;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// All features of the domain over one database, top to bottom.
public final class Core implements AutoCloseable {
  public static final String SCHEMA = "atlas";
  public static final String MIGRATIONS = "db/atlas";

  private static final Duration ARCHIVIST_TIMEOUT = Duration.ofSeconds(60);

  private final Transit transit;
  private final ServiceClient archivist;
  private final Outbox outbox;
  private final Settings settings;
  private final Authentication authentication;
  private final Tokens tokens;
  private final TeamModule teams;
  private final RunObjects objects;
  private final StateObjects stateObjects;
  private final WorkspaceResources workspaceResources;
  private final StateVersions stateVersions;
  private final StateUploads stateUploads;
  private final TerraformVersions terraformVersions;
  private final Workspaces workspaces;
  private final WorkspaceTags workspaceTags;
  private final ProjectTags projectTags;
  private final RemoteStateConsumers remoteStateConsumers;
  private final WorkspaceLocks workspaceLocks;
  private final VariableModule variables;
  private final SshKeys sshKeys;
  private final RetentionPolicies retentionPolicies;
  private final BackingData backingData;
  private final ConfigurationVersions configurations;
  private final VcsModule vcs;
  private final Reactions reactions;
  private final Arrivals arrivals;
  private final Readmes readmes;
  private final RunModule run;
  private final RunTriggers runTriggers;
  private final NotificationModule notifications;
  private final Workers workers;
  private final Hops hops;

  private Core(
      CoreConfig config, Database database, Redis redis, Platform platform, Runnable wake) {
    Clock clock = platform.clock();
    Ids ids = platform.ids();
    Access access = new Access();
    SignedPaths paths =
        new SignedPaths(config.archivistTokens().stream().map(Mac::sha256).toList());
    transit = new Transit(config.vault());
    archivist = new ServiceClient(config.router(), Optional.empty(), ARCHIVIST_TIMEOUT);
    outbox = new Outbox(database, clock, new SidekiqRelay(new SidekiqClient(redis, clock), clock));
    settings = new Settings(database, clock);
    TokenDigest digest = TokenDigest.of(config.rootSecret());
    authentication = new Authentication(database, digest, clock);
    tokens = new Tokens(database, digest, authentication, ids, clock);
    teams = TeamModule.of(database, access, clock, ids, tokens, authentication);
    objects = new RunObjects(paths, clock);
    stateObjects = new StateObjects(paths, archivist, clock);
    StateVersions.Parts stateParts = new StateVersions.Parts(outbox, clock, ids);
    workspaceResources = new WorkspaceResources(database, access, config.rootSecret(), ids, clock);
    stateVersions =
        new StateVersions(
            database,
            access,
            ValueCipher.of(transit, "atlas_outputs"),
            stateObjects,
            workspaceResources,
            stateParts);
    terraformVersions = new TerraformVersions(database, clock, ids, config.terraformVersion());
    configurations = new ConfigurationVersions(database, access, outbox, clock, ids);
    vcs =
        VcsModule.of(
            new VcsModule.Parts(
                database,
                access,
                ValueCipher.of(transit, "atlas_vcs"),
                outbox,
                clock,
                ids,
                config.outboundProxy(),
                config.publicUrl(),
                config.rootSecret()),
            configurations,
            objects);
    workspaces =
        new Workspaces(
            database,
            access,
            clock,
            ids,
            new Workspaces.Neighbours(terraformVersions, settings::current, vcs.links()));
    workspaceTags = new WorkspaceTags(database, access);
    projectTags = new ProjectTags(database, access);
    remoteStateConsumers = new RemoteStateConsumers(database, access);
    stateUploads =
        new StateUploads(database, access, workspaces, stateVersions, stateObjects, stateParts);
    variables = VariableModule.of(database, access, transit, clock, ids);
    sshKeys = new SshKeys(database, access, ValueCipher.of(transit, SshKeys.VAULT_KEY), clock, ids);
    retentionPolicies = new RetentionPolicies(database, access, clock, ids);
    backingData = new BackingData(database, access, outbox, clock);
    readmes = new Readmes(database, outbox, objects);
    run =
        RunModule.of(
            new RunParts(database, outbox, clock, ids, wake),
            new RunModule.Neighbours(
                access,
                tokens,
                configurations,
                transit,
                objects,
                stateVersions::currentStatePath,
                (db, ended, state) ->
                    stateVersions.fromRun(
                        db,
                        ended.workspaceKey(),
                        ended.key(),
                        ended.id().value(),
                        new ObjectFacts(state.objectId(), state.bytes(), state.md5())),
                terraformVersions,
                followers(new RunNotices(outbox, clock), vcs.statuses()),
                settings::current,
                config.capacity()));
    arrivals = new Arrivals(database, configurations, run.runs()::createFor, outbox, clock);
    reactions =
        new Reactions(
            database,
            new Reactions.Neighbours(
                vcs.ingress(),
                vcs.events(),
                vcs.findings(),
                vcs.moduleSync(),
                run.actions()::supersede,
                () -> settings.current().allowSpeculativePlansOnPullRequestsFromForks()),
            outbox,
            clock);
    runTriggers =
        new RunTriggers(
            database, access, clock, ids, new RunTriggers.Neighbours(run.runs(), outbox));
    notifications =
        NotificationModule.of(
            new NotificationModule.Parts(
                database,
                access,
                ValueCipher.of(transit, "atlas_notifications"),
                outbox,
                clock,
                ids,
                config.outboundProxy(),
                config.publicUrl()));
    workspaceLocks =
        new WorkspaceLocks(
            database, access, clock, new PendingStateStore(), run.runs()::workspaceUnlocked);
    workers = new Workers(database, new DrainMarks(redis)::isSet, wake);
    hops = new Hops(database, clock);
  }

  private static RunFollower followers(RunFollower first, RunFollower second) {
    return (db, run, actorKey) -> {
      first.moved(db, run, actorKey);
      second.moved(db, run, actorKey);
    };
  }

  /// @param wake called when waiting phases may go out
  public static Core of(
      CoreConfig config, Database database, Redis redis, Platform platform, Runnable wake) {
    return new Core(config, database, redis, platform, wake);
  }

  public Outbox outbox() {
    return outbox;
  }

  public Transit transit() {
    return transit;
  }

  public Settings settings() {
    return settings;
  }

  public Authentication authentication() {
    return authentication;
  }

  public Tokens tokens() {
    return tokens;
  }

  public TeamModule teams() {
    return teams;
  }

  public RunObjects objects() {
    return objects;
  }

  public StateObjects stateObjects() {
    return stateObjects;
  }

  public WorkspaceResources workspaceResources() {
    return workspaceResources;
  }

  public StateVersions stateVersions() {
    return stateVersions;
  }

  public StateUploads stateUploads() {
    return stateUploads;
  }

  public TerraformVersions terraformVersions() {
    return terraformVersions;
  }

  public Workspaces workspaces() {
    return workspaces;
  }

  public RunTriggers runTriggers() {
    return runTriggers;
  }

  public NotificationModule notifications() {
    return notifications;
  }

  public RemoteStateConsumers remoteStateConsumers() {
    return remoteStateConsumers;
  }

  public WorkspaceTags workspaceTags() {
    return workspaceTags;
  }

  public ProjectTags projectTags() {
    return projectTags;
  }

  public WorkspaceLocks workspaceLocks() {
    return workspaceLocks;
  }

  public VariableModule variables() {
    return variables;
  }

  public SshKeys sshKeys() {
    return sshKeys;
  }

  public RetentionPolicies retentionPolicies() {
    return retentionPolicies;
  }

  public BackingData backingData() {
    return backingData;
  }

  public ConfigurationVersions configurations() {
    return configurations;
  }

  public VcsModule vcs() {
    return vcs;
  }

  public Arrivals arrivals() {
    return arrivals;
  }

  public Reactions reactions() {
    return reactions;
  }

  public Readmes readmes() {
    return readmes;
  }

  public RunModule run() {
    return run;
  }

  public Workers workers() {
    return workers;
  }

  public Hops hops() {
    return hops;
  }

  @Override
  public void close() {
    outbox.close();
    notifications.close();
    vcs.close();
    transit.close();
    archivist.close();
  }
}
