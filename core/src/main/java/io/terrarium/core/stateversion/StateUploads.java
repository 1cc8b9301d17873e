package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceLocks;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Clients' writes of state. Whoever writes holds the workspace's lock, and each state follows its
/// predecessor: same lineage, higher serial. Bytes are stored before the transaction begins, since
/// that leaves the process.
public final class StateUploads {
  private final Database database;
  private final Access access;
  private final Workspaces workspaces;
  private final StateVersions versions;
  private final StateObjects objects;
  private final StateVersions.Parts parts;
  private final StateVersionStore store = new StateVersionStore();

  public StateUploads(
      Database database,
      Access access,
      Workspaces workspaces,
      StateVersions versions,
      StateObjects objects,
      StateVersions.Parts parts) {
    this.database = database;
    this.access = access;
    this.workspaces = workspaces;
    this.versions = versions;
    this.objects = objects;
    this.parts = parts;
  }

  /// Keeps a state; without bytes it stays pending until they are uploaded.
  public StateVersion create(Principal caller, WorkspaceId workspace, NewState asked) {
    StateVersionId id = newId();
    database.useTransaction(db -> checkFollows(db, writable(db, caller, workspace), asked));
    asked.state().ifPresent(bytes -> objects.store(StateObjects.key(id), bytes));
    asked.jsonState().ifPresent(bytes -> objects.store(StateObjects.jsonKey(id), bytes));
    return database.inTransaction(db -> {
      long workspaceKey = writable(db, caller, workspace);
      checkFollows(db, workspaceKey, asked);
      Optional<Long> run =
          asked.run().map(named -> runKey(db, workspaceKey, named)).or(() -> ownRun(caller));
      StateVersionStore.Row row =
          new StateVersionStore.Row(
              id,
              workspaceKey,
              run.orElse(null),
              asked.state().isPresent()
                  ? StateVersion.Status.FINALIZED
                  : StateVersion.Status.PENDING,
              asked.serial(),
              asked.lineage().orElse(null),
              asked.md5(),
              asked.state().map(bytes -> bytes.length).orElse(0),
              asked.state().map(_ -> StateObjects.key(id)).orElse(null),
              asked.jsonState().map(_ -> StateObjects.jsonKey(id)).orElse(null),
              author(caller));
      return inserted(db, row);
    });
  }

  /// Makes an earlier state the newest one, under the next serial.
  public StateVersion rollBack(Principal caller, WorkspaceId workspace, StateVersionId to) {
    StateVersionId id = newId();
    StateVersion wanted = database.inTransaction(db -> rollbackTarget(db, caller, workspace, to));
    long serial = database.read(db -> nextSerial(db, wanted.workspaceKey()));
    StateObjects.Stored stored =
        objects.storeWithSerial(
            Objects.requireNonNull(wanted.object()), StateObjects.key(id), serial);
    return database.inTransaction(db -> {
      long workspaceKey = writable(db, caller, workspace);
      if (nextSerial(db, workspaceKey) != serial) {
        throw new Fault.Conflict("The state has changed meanwhile. Try again.");
      }
      StateVersionStore.Row row =
          new StateVersionStore.Row(
              id,
              workspaceKey,
              null,
              StateVersion.Status.FINALIZED,
              serial,
              wanted.lineage(),
              stored.md5(),
              stored.bytes(),
              StateObjects.key(id),
              null,
              author(caller));
      inserted(db, row);
      store.setRollback(db, id, wanted.key());
      return store.find(db, id).orElseThrow();
    });
  }

  private StateVersion inserted(Handle db, StateVersionStore.Row row) {
    long key = store.insert(db, row, parts.clock().instant());
    if (row.status() == StateVersion.Status.FINALIZED) {
      versions.becameFinal(db, row.workspaceKey(), key, row.id(), row.id().value());
    }
    return store.find(db, row.id()).orElseThrow();
  }

  private StateVersion rollbackTarget(
      Handle db, Principal caller, WorkspaceId workspace, StateVersionId to) {
    long workspaceKey = writable(db, caller, workspace);
    return store
        .find(db, to)
        .filter(found ->
            found.workspaceKey() == workspaceKey && found.status() == StateVersion.Status.FINALIZED)
        .orElseThrow(() ->
            invalid("rollback-state-version", "No such finalized state version in the workspace"));
  }

  /// The key of the workspace, which the caller holds.
  private long writable(Handle db, Principal caller, WorkspaceId id) {
    WorkspaceAccess rights = access.workspace(db, caller, id).require(WorkspaceRight.WRITE_STATE);
    Workspace.Lock lock =
        workspaces.findForUpdate(db, rights.key()).orElseThrow(Fault.NotFound::new).lock();
    if (lock == null) {
      throw new Fault.Conflict("The workspace must be locked before its state is written.");
    }
    if (!WorkspaceLocks.isHolder(caller, lock)) {
      throw new Fault.Conflict(
          "The workspace is locked by another: " + lock.type() + " " + lock.id() + ".");
    }
    return rights.key();
  }

  private void checkFollows(Handle db, long workspaceKey, NewState asked) {
    Optional<StateVersion> before = store.current(db, workspaceKey);
    if (before.isEmpty() || asked.force()) {
      return;
    }
    String lineage = before.get().lineage();
    if (lineage != null && asked.lineage().filter(given -> !given.equals(lineage)).isPresent()) {
      throw new Fault.Conflict(
          "The lineage of the state is not that of the workspace's current state.");
    }
    long serial = before.get().serial();
    boolean isSame = asked.serial() == serial && asked.md5().equals(before.get().md5());
    if (asked.serial() <= serial && !isSame) {
      throw new Fault.Conflict(
          "The serial " + asked.serial() + " is not above the current state's, " + serial + ".");
    }
  }

  private long nextSerial(Handle db, long workspaceKey) {
    return store.current(db, workspaceKey).map(StateVersion::serial).orElse(0L) + 1;
  }

  private long runKey(Handle db, long workspaceKey, RunId run) {
    return store
        .runOfWorkspace(db, workspaceKey, run)
        .orElseThrow(() -> invalid("run", "No such run in the workspace"));
  }

  private StateVersionId newId() {
    return new StateVersionId(parts.ids().next(StateVersionId.PREFIX));
  }

  private static Fault invalid(String relationship, String detail) {
    return new Fault.Invalid(
        List.of(new Fault.Problem(detail, "/data/relationships/" + relationship)));
  }

  private static Optional<Long> ownRun(Principal caller) {
    return caller instanceof Principal.RunPrincipal run
        ? Optional.of(run.runKey())
        : Optional.empty();
  }

  private static @Nullable Long author(Principal caller) {
    return caller instanceof Principal.UserPrincipal user ? (Long) user.userKey() : null;
  }
}
