package io.terrarium.core.runtrigger;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.RunTriggerId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.Runs;
import io.terrarium.core.runtrigger.RunTrigger.Direction;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Run triggers: who may have them, and what follows an apply.
public final class RunTriggers {
  private static final int SOURCES_MAX = 20;
  private static final String SOURCEABLE = "/data/relationships/sourceable";

  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;
  private final Runs runs;
  private final Outbox outbox;
  private final RunTriggerStore store = new RunTriggerStore();

  /// What makes the runs, and whose jobs ask for them.
  public record Neighbours(Runs runs, Outbox outbox) {}

  public RunTriggers(
      Database database, Access access, Clock clock, Ids ids, Neighbours neighbours) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
    this.runs = neighbours.runs();
    this.outbox = neighbours.outbox();
  }

  /// From now on an apply in `source` queues a run in `workspace`.
  public RunTrigger create(Principal caller, WorkspaceId workspace, WorkspaceId source) {
    RunTriggerId id = new RunTriggerId(ids.next(RunTriggerId.PREFIX));
    return database.inTransaction(db -> {
      WorkspaceAccess target =
          access.workspace(db, caller, workspace).require(WorkspaceRight.UPDATE_SETTINGS);
      WorkspaceAccess from = source(db, caller, target, source);
      store.lockSources(db, target.key());
      if (store.count(db, target.key(), Direction.INBOUND) >= SOURCES_MAX) {
        throw invalid("Workspace has as many sources as it may have: " + SOURCES_MAX);
      }
      if (!store.insert(db, id, target.key(), from.key(), clock.instant())) {
        throw invalid("Sourceable is a source of the workspace already");
      }
      return store.find(db, id).orElseThrow();
    });
  }

  private WorkspaceAccess source(
      Handle db, Principal caller, WorkspaceAccess target, WorkspaceId id) {
    WorkspaceAccess source;
    try {
      source = access.workspace(db, caller, id).require(WorkspaceRight.READ_RUNS);
    } catch (Fault.NotFound hidden) {
      throw invalid("Sourceable must be a workspace of the organization whose runs you may read");
    }
    if (source.organizationKey() != target.organizationKey()) {
      throw invalid("Sourceable must be a workspace of the same organization");
    }
    if (source.key() == target.key()) {
      throw invalid("Sourceable must be another workspace");
    }
    return source;
  }

  public RunTrigger find(Principal caller, RunTriggerId id) {
    return database.read(db -> visible(db, caller, id, WorkspaceRight.READ_RUNS));
  }

  public void delete(Principal caller, RunTriggerId id) {
    database.useTransaction(
        db -> store.delete(db, visible(db, caller, id, WorkspaceRight.UPDATE_SETTINGS).key()));
  }

  /// Those of a workspace whose other end the caller may see, the oldest first.
  public Paged<RunTrigger> list(
      Principal caller, WorkspaceId workspace, Direction direction, Page page) {
    return database.read(db -> {
      WorkspaceAccess rights =
          access.workspace(db, caller, workspace).require(WorkspaceRight.READ_RUNS);
      List<RunTrigger> found = store.list(db, rights.key(), direction, page);
      Map<Long, WorkspaceAccess> others =
          access.workspaces(
              db, caller, found.stream().map(one -> other(one, direction).key()).toList());
      List<RunTrigger> visible =
          found.stream().filter(one -> others.containsKey(other(one, direction).key())).toList();
      return new Paged<>(visible, page, store.count(db, rights.key(), direction));
    });
  }

  /// Queues what follows the apply `source`. The job may be done twice, or break off in the middle:
  /// each workspace is taken with its run, in one transaction, and only once.
  public void fire(RunId source, String jid) {
    for (RunTriggerStore.Target target : database.read(db -> store.targets(db, source))) {
      database.useTransaction(db -> {
        if (store.take(db, source, target.key())) {
          runs.createTriggered(
              db,
              new Runs.Target(target.key(), target.id(), target.autoApply()),
              source,
              "Triggered by " + source + " of workspace " + target.sourceName());
        }
      });
    }
    outbox.done(jid);
  }

  private RunTrigger visible(Handle db, Principal caller, RunTriggerId id, WorkspaceRight right) {
    RunTrigger found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    access.workspace(db, caller, found.workspace().id()).require(right);
    return found;
  }

  private static RunTrigger.End other(RunTrigger trigger, Direction direction) {
    return switch (direction) {
      case INBOUND -> trigger.source();
      case OUTBOUND -> trigger.workspace();
    };
  }

  private static Fault invalid(String detail) {
    return new Fault.Invalid(List.of(new Fault.Problem(detail, SOURCEABLE)));
  }
}
