package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.IngressAttributesId;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Principal;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.workspace.VcsRepo;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Configurations that slug-ingress fetches from Git.
///
/// The configuration, its `ingress attributes` and the job are written together. The job asks
/// slug-ingress until it has an answer; archivist tells atlas of the slug meanwhile, which makes
/// the configuration `uploaded` ([Arrivals]). Which commit is meant is written before it is
/// fetched. So who dies in between has the job done again: the same commit makes the same bytes,
/// which may be stored twice.
public final class Ingress {
  private final Database database;
  private final ConfigurationVersions configurations;
  private final RunObjects objects;
  private final Repositories remotes;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final IngressStore store = new IngressStore();
  private final RepositoryStore repositories = new RepositoryStore();

  /// What stands around it.
  public record Neighbours(
      ConfigurationVersions configurations,
      RunObjects objects,
      Repositories remotes,
      Outbox outbox) {}

  public Ingress(Database database, Neighbours neighbours, Clock clock, Ids ids) {
    this.database = database;
    this.configurations = neighbours.configurations();
    this.objects = neighbours.objects();
    this.remotes = neighbours.remotes();
    this.outbox = neighbours.outbox();
    this.clock = clock;
    this.ids = ids;
  }

  /// A configuration to be fetched.
  ///
  /// @param queuesRun whether a run follows once it is there
  record Wanted(
      long workspaceKey,
      FollowedRepository repository,
      @Nullable Long deliveryKey,
      boolean submodules,
      Commit commit,
      boolean speculative,
      boolean queuesRun) {}

  /// The newest commit of what a workspace follows, as it is there now.
  void fetchNewest(Handle db, long workspaceKey, VcsRepo.Link link, boolean queuesRun) {
    FollowedRepository repository = repositories.find(db, link.repositoryKey()).orElseThrow();
    String branch = link.branch();
    ConfigurationVersionId id =
        add(
            db,
            new Wanted(
                workspaceKey,
                repository,
                null,
                link.ingressSubmodules(),
                Commit.newestOf(branch.isEmpty() ? null : branch),
                false,
                queuesRun));
    fetch(db, List.of(id), id.value());
  }

  /// Whether the newest configuration that a workspace wished for will never come.
  boolean hasFailed(Handle db, long workspaceKey) {
    return configurations
        .newestFromGit(db, workspaceKey)
        .filter(newest -> newest.status() == ConfigurationVersion.Status.ERRORED)
        .isPresent();
  }

  /// Writes one down; [#fetch] has it fetched.
  ConfigurationVersionId add(Handle db, Wanted wanted) {
    FollowedRepository repository = wanted.repository();
    ConfigurationVersionId id =
        configurations.startFetching(
            db,
            wanted.workspaceKey(),
            new ConfigurationVersions.New(
                repository.connection().provider().source(),
                wanted.speculative(),
                false,
                wanted.queuesRun()));
    store.insert(
        db,
        new IngressStore.New(
            new IngressAttributesId(ids.next(IngressAttributesId.PREFIX)),
            id,
            repository.key(),
            wanted.deliveryKey(),
            wanted.submodules(),
            repository.identifier(),
            Hosts.cloneUrl(repository),
            wanted.commit(),
            clock.instant()));
    return id;
  }

  /// @param all of the same commit
  /// @param flow that it belongs to
  void fetch(Handle db, List<ConfigurationVersionId> all, String flow) {
    outbox.add(db, new Job.IngestConfigurations(all), flow, "");
  }

  /// What is to be done next for configurations.
  public sealed interface Next {
    /// Slug-ingress is to be asked.
    ///
    /// @param configurations that it is for
    /// @param since when they were wished for
    record Order(IngressRequest request, List<ConfigurationVersionId> configurations, Instant since)
        implements Next {
      public Order {
        configurations = List.copyOf(configurations);
      }
    }

    /// They will never come.
    record Hopeless(List<ConfigurationVersionId> configurations, String error, String message)
        implements Next {
      public Hopeless {
        configurations = List.copyOf(configurations);
      }
    }

    /// All has been fetched.
    record Nothing() implements Next {}
  }

  public Next next(List<ConfigurationVersionId> wanted, GitQuestions git) {
    List<IngressStore.Waiting> waiting = database.read(db -> store.waiting(db, wanted));
    if (waiting.isEmpty()) {
      return new Next.Nothing();
    }
    IngressStore.Waiting first = waiting.getFirst();
    Long key = first.repositoryKey();
    Optional<FollowedRepository> repository =
        key == null ? Optional.empty() : database.read(db -> repositories.find(db, key));
    List<ConfigurationVersionId> open =
        waiting.stream().map(IngressStore.Waiting::configuration).toList();
    if (repository.isEmpty()) {
      return new Next.Hopeless(
          open,
          "connection_gone",
          "The connection to the Git host was deleted before the configuration was fetched.");
    }
    GitRemote remote = remotes.remote(repository.get());
    IngressRequest request =
        new IngressRequest(
            IngressRequest.VERSION,
            remote,
            named(first.revision(), open, remote, git),
            "",
            first.submodules(),
            open.stream().map(id -> objects.writeConfiguration(id.value())).toList());
    return new Next.Order(request, open, first.since());
  }

  /// The commit that a branch has now, which is written down before it is fetched. Where the
  /// repository does not say, fetching it will say why.
  private GitRevision named(
      GitRevision revision, List<ConfigurationVersionId> open, GitRemote remote, GitQuestions git) {
    if (revision.commit() != null || revision.tag() != null) {
      return revision;
    }
    Optional<GitRevision> named =
        git.refs(remote).flatMap(refs -> refs.newestOf(revision.branch()));
    named.ifPresent(found -> database.useTransaction(db -> store.named(db, open, found)));
    return named.orElse(revision);
  }

  /// Slug-ingress has fetched them.
  public void fetched(Next.Order order, Ingested ingested, String jid) {
    database.useTransaction(db -> {
      store.fetched(db, order.configurations(), ingested.commit(), clock.instant());
      outbox.done(db, jid);
    });
  }

  /// Where configurations come from, as far as they come from Git and the caller may see them.
  public Map<ConfigurationVersionId, IngressAttributes> of(
      Principal caller, List<ConfigurationVersionId> wanted) {
    List<ConfigurationVersionId> visible = new ArrayList<>();
    configurations
        .findAll(caller, wanted)
        .forEach(found -> visible.add(found.configuration().id()));
    return database.read(db -> store.findAll(db, visible)).stream()
        .collect(Collectors.toMap(IngressAttributes::configuration, found -> found));
  }
}
