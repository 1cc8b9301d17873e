package io.terrarium.core.configurationversion;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Uploaded configurations.
public final class ConfigurationVersions {
  private final Database database;
  private final Access access;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final ConfigurationVersionStore store = new ConfigurationVersionStore();

  public ConfigurationVersions(
      Database database, Access access, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  /// What a client asks for.
  public record New(
      String source, boolean speculative, boolean provisional, boolean autoQueueRuns) {}

  /// Called in the transaction that makes an upload final.
  @FunctionalInterface
  public interface Uploaded {
    void uploaded(Handle db, ConfigurationVersion configuration);
  }

  public ConfigurationVersion create(Principal caller, WorkspaceId workspace, New asked) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      rights.require(WorkspaceRight.QUEUE_RUN);
      ConfigurationVersionId id =
          new ConfigurationVersionId(ids.next(ConfigurationVersionId.PREFIX));
      store.insert(
          db,
          id,
          rights.key(),
          ConfigurationVersion.Status.PENDING,
          asked,
          caller.person().orElse(null),
          clock.instant());
      return store.find(db, id).orElseThrow();
    });
  }

  /// One that the mesh itself fetches, from Git.
  public ConfigurationVersionId startFetching(Handle db, long workspaceKey, New asked) {
    ConfigurationVersionId id = new ConfigurationVersionId(ids.next(ConfigurationVersionId.PREFIX));
    store.insert(
        db, id, workspaceKey, ConfigurationVersion.Status.FETCHING, asked, null, clock.instant());
    return id;
  }

  /// They cannot be fetched. What has been uploaded meanwhile stays so.
  ///
  /// @param error in one word, for programs
  /// @param message for people
  public void errored(
      Handle db, List<ConfigurationVersionId> fetching, String error, String message) {
    store.errored(db, fetching, error, message, clock.instant());
  }

  /// Those that are there, in the order in which they were made.
  public List<ConfigurationVersion> all(Handle db, List<ConfigurationVersionId> ids) {
    return store.findAll(db, ids);
  }

  /// As a caller sees it.
  ///
  /// @param isUploadable it waits for its slug, which the caller may upload
  public record Visible(ConfigurationVersion configuration, boolean isUploadable) {}

  /// @throws Fault.NotFound when it is not there or the caller may not see its workspace
  public Visible find(Principal caller, ConfigurationVersionId id) {
    return findAll(caller, List.of(id)).stream().findFirst().orElseThrow(Fault.NotFound::new);
  }

  /// Those that are there and that the caller may see.
  public List<Visible> findAll(Principal caller, List<ConfigurationVersionId> ids) {
    return database.read(db -> {
      List<ConfigurationVersion> found = store.findAll(db, ids);
      Map<Long, WorkspaceAccess> rights =
          access.workspaces(
              db,
              caller,
              found.stream().map(ConfigurationVersion::workspaceKey).distinct().toList());
      return found.stream()
          .flatMap(one ->
              Optional.ofNullable(rights.get(one.workspaceKey()))
                  .filter(allowed -> allowed.allows(WorkspaceRight.READ_RUNS))
                  .map(allowed -> visible(one, allowed))
                  .stream())
          .toList();
    });
  }

  private static Visible visible(ConfigurationVersion found, WorkspaceAccess rights) {
    boolean isPending = found.status() == ConfigurationVersion.Status.PENDING;
    return new Visible(found, isPending && rights.allows(WorkspaceRight.QUEUE_RUN));
  }

  public Paged<ConfigurationVersion> list(Principal caller, WorkspaceId workspace, Page page) {
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      rights.require(WorkspaceRight.READ_RUNS);
      return new Paged<>(store.list(db, rights.key(), page), page, store.count(db, rights.key()));
    });
  }

  /// The newest one that a workspace wished for from Git, for runs that may be applied, whatever
  /// became of it.
  public Optional<ConfigurationVersion> newestFromGit(Handle db, long workspaceKey) {
    return store.newestFromGit(db, workspaceKey);
  }

  /// As the other, for a reader; empty for who may not see runs.
  public Optional<ConfigurationVersion> newestFromGit(WorkspaceAccess reader) {
    return reader.allows(WorkspaceRight.READ_RUNS)
        ? database.read(db -> newestFromGit(db, reader.key()))
        : Optional.empty();
  }

  /// Whether a run that names no configuration would have one.
  public boolean isThereForRun(Principal caller, WorkspaceId workspace) {
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      return store.hasUsable(db, rights.require(WorkspaceRight.QUEUE_RUN).key());
    });
  }

  /// One of `workspaceKey` that a run is to use: the one named, or else the newest.
  public Optional<ConfigurationVersion> forRun(
      Handle db, long workspaceKey, Optional<ConfigurationVersionId> id) {
    return id.isPresent()
        ? store.findForRun(db, id.get()).filter(found -> found.workspaceKey() == workspaceKey)
        : store.newest(db, workspaceKey);
  }

  /// Archivist has stored the upload. The first one counts; the same again is a client's
  /// repetition.
  ///
  /// @throws Fault.Conflict when something else has been uploaded before
  public void stored(ObjectStored stored, Uploaded then) {
    database.useTransaction(db -> {
      boolean isFirst = store.uploaded(db, stored, clock.instant());
      ConfigurationVersion found =
          store.find(db, new ConfigurationVersionId(stored.id())).orElseThrow(Fault.NotFound::new);
      if (isFirst) {
        then.uploaded(db, found);
        if (!found.speculative()) {
          outbox.add(db, new Job.ReadReadme(found.id()), "", "");
        }
      } else if (!stored.sha256().equals(found.sha256())) {
        throw new Fault.Conflict(
            "The configuration version is "
                + found.status().wire()
                + " already; make a new one to upload something else.");
      }
    });
  }
}
