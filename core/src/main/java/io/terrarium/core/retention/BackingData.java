package io.terrarium.core.retention;

import io.terrarium.contracts.id.ApplyId;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.PlanId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the files of states, configurations, plans and applies in two steps: first they are
/// marked, by a policy or by a person, and can be had back for a week; then they are gone.
public final class BackingData {
  /// What it takes to mark, restore and delete them.
  public static final WorkspaceRight RIGHT = WorkspaceRight.UPDATE_SETTINGS;

  private static final Logger log = LoggerFactory.getLogger(BackingData.class);
  private static final Duration GRACE = Duration.ofDays(7);
  private static final int BATCH_MAX = 200;

  private final Database database;
  private final Access access;
  private final Outbox outbox;
  private final Clock clock;
  private final BackingDataStore store = new BackingDataStore();

  public BackingData(Database database, Access access, Outbox outbox, Clock clock) {
    this.database = database;
    this.access = access;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Something with files.
  public sealed interface Holder {
    record OfState(StateVersionId id) implements Holder {}

    record OfConfiguration(ConfigurationVersionId id) implements Holder {}

    record OfPlan(PlanId id) implements Holder {}

    record OfApply(ApplyId id) implements Holder {}
  }

  /// Marks them.
  ///
  /// @throws Fault.Conflict when they are not there, or are in use
  public void softDelete(Principal caller, Holder holder) {
    database.useTransaction(db -> {
      requireRight(db, caller, holder);
      if (!store.softDelete(db, kind(holder), id(holder), clock.instant())) {
        throw new Fault.Conflict(
            "The backing data is not there, or is still in use: that of the current version, and"
                + " of unfinished runs, stays.");
      }
    });
  }

  /// Takes the mark away; from then on only a person can set it again.
  public void restore(Principal caller, Holder holder) {
    database.useTransaction(db -> {
      requireRight(db, caller, holder);
      if (!store.restore(db, kind(holder), id(holder), clock.instant())) {
        throw notMarked();
      }
    });
  }

  /// Ahead of time.
  public void delete(Principal caller, Holder holder) {
    database.useTransaction(db -> {
      requireRight(db, caller, holder);
      List<String> objects =
          store
              .delete(db, kind(holder), id(holder), clock.instant())
              .orElseThrow(BackingData::notMarked);
      forget(db, kind(holder), objects);
    });
  }

  /// Gives up the slug of a configuration at once, and for good.
  ///
  /// @throws Fault.Conflict when there is none, or it is in use
  public void archive(Principal caller, ConfigurationVersionId id) {
    database.useTransaction(db -> {
      requireRight(db, caller, new Holder.OfConfiguration(id));
      List<String> objects =
          store
              .archive(db, id.value(), clock.instant())
              .orElseThrow(() ->
                  new Fault.Conflict(
                      "The configuration version is not uploaded, or is still in use: that of the"
                          + " workspace, and of unfinished runs, stays."));
      forget(db, FileHolder.CONFIGURATION, objects);
    });
  }

  /// Does what policies ask for by now; any number of nodes may do it at once.
  public void sweep() {
    for (FileHolder kind : FileHolder.values()) {
      int marked;
      do {
        marked =
            database.inTransaction(db -> store.softDeleteDue(db, kind, clock.instant(), BATCH_MAX));
        tell(kind, "backing data marked for deletion", marked);
      } while (marked == BATCH_MAX);
      int deleted;
      do {
        deleted = database.inTransaction(db -> deleteExpired(db, kind));
        tell(kind, "backing data deleted", deleted);
      } while (deleted == BATCH_MAX);
    }
  }

  private int deleteExpired(Handle db, FileHolder kind) {
    BackingDataStore.Deleted deleted =
        store.deleteExpired(db, kind, clock.instant(), GRACE, BATCH_MAX);
    forget(db, kind, deleted.objects());
    return deleted.rows();
  }

  private static void tell(FileHolder kind, String message, int count) {
    if (count > 0) {
      log.atInfo().addKeyValue("kind", kind).addKeyValue("count", count).log(message);
    }
  }

  private void forget(Handle db, FileHolder kind, List<String> objects) {
    if (objects.isEmpty()) {
      return;
    }
    if (kind == FileHolder.STATE) {
      store.deleteOutputs(db, objects);
    }
    outbox.add(db, new Job.DeleteObjects(objects), "", "");
  }

  private void requireRight(Handle db, Principal caller, Holder holder) {
    WorkspaceId workspace =
        store.workspace(db, kind(holder), id(holder)).orElseThrow(Fault.NotFound::new);
    access.workspace(db, caller, workspace).require(RIGHT);
  }

  private static Fault notMarked() {
    return new Fault.Conflict("The backing data is not marked for deletion.");
  }

  private static FileHolder kind(Holder holder) {
    return switch (holder) {
      case Holder.OfState _ -> FileHolder.STATE;
      case Holder.OfConfiguration _ -> FileHolder.CONFIGURATION;
      case Holder.OfPlan _ -> FileHolder.PLAN;
      case Holder.OfApply _ -> FileHolder.APPLY;
    };
  }

  private static String id(Holder holder) {
    return switch (holder) {
      case Holder.OfState(StateVersionId id) -> id.value();
      case Holder.OfConfiguration(ConfigurationVersionId id) -> id.value();
      case Holder.OfPlan(PlanId id) -> id.value();
      case Holder.OfApply(ApplyId id) -> id.value();
    };
  }
}
