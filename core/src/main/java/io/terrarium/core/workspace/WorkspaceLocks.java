package io.terrarium.core.workspace;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// People and teams that hold a workspace, so that no run starts and nobody else writes its state.
/// Runs take it by their own queue.
public final class WorkspaceLocks {
  private static final Logger log = LoggerFactory.getLogger(WorkspaceLocks.class);

  private final Database database;
  private final Access access;
  private final Clock clock;
  private final PendingUploads uploads;
  private final WorkspaceUnlocked unlocked;
  private final WorkspaceStore store = new WorkspaceStore();

  public WorkspaceLocks(
      Database database,
      Access access,
      Clock clock,
      PendingUploads uploads,
      WorkspaceUnlocked unlocked) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.uploads = uploads;
    this.unlocked = unlocked;
  }

  public Visible lock(Principal caller, WorkspaceId id, Optional<String> reason) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, id).require(WorkspaceRight.LOCK);
      Workspace workspace = held(db, rights);
      if (workspace.isLocked()) {
        throw new Fault.Conflict("Unable to lock workspace. The workspace is already locked.");
      }
      Workspace.Lock lock = holder(caller, reason.orElse(null)).orElseThrow(Fault.NotFound::new);
      return changed(db, rights, lock, "workspace locked");
    });
  }

  public Visible unlock(Principal caller, WorkspaceId id) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, id).require(WorkspaceRight.LOCK);
      Workspace.Lock lock = lockToOpen(held(db, rights), "unlock");
      if (!isHolder(caller, lock)) {
        String kind = lock.type().equals("teams") ? "Team " : "User ";
        throw new Fault.Conflict(
            "Unable to unlock workspace. The workspace is locked by " + kind + lock.id() + ".");
      }
      if (uploads.exist(db, rights.key())) {
        throw new Fault.Conflict(
            "Unable to unlock workspace. Its latest state version is still being uploaded.");
      }
      return opened(db, rights, "workspace unlocked");
    });
  }

  /// Takes the workspace from whoever holds it; a state version that waits for its bytes is
  /// discarded.
  public Visible forceUnlock(Principal caller, WorkspaceId id) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights =
          access.workspace(db, caller, id).require(WorkspaceRight.FORCE_UNLOCK);
      lockToOpen(held(db, rights), "force unlock");
      uploads.discard(db, rights.key());
      return opened(db, rights, "workspace unlocked by force");
    });
  }

  /// Whether `lock` is the caller's own, or that of the run that the caller is.
  public static boolean isHolder(Principal caller, Workspace.Lock lock) {
    return switch (caller) {
      case Principal.UserPrincipal user ->
          lock.type().equals("users") && lock.id().equals(user.id().value());
      case Principal.TeamPrincipal team ->
          lock.type().equals("teams") && lock.id().equals(team.id().value());
      case Principal.RunPrincipal run -> lock.isOfRun() && lock.id().equals(run.runId().value());
      case Principal.OrganizationPrincipal _ -> false;
    };
  }

  private static Optional<Workspace.Lock> holder(Principal caller, @Nullable String reason) {
    return switch (caller) {
      case Principal.UserPrincipal user ->
          Optional.of(new Workspace.Lock("users", user.id().value(), reason));
      case Principal.TeamPrincipal team ->
          Optional.of(new Workspace.Lock("teams", team.id().value(), reason));
      case Principal.RunPrincipal _, Principal.OrganizationPrincipal _ -> Optional.empty();
    };
  }

  private static Workspace.Lock lockToOpen(Workspace workspace, String verb) {
    Workspace.Lock lock = workspace.lock();
    if (lock == null) {
      throw new Fault.Conflict("Unable to " + verb + " workspace. The workspace is not locked.");
    }
    if (lock.isOfRun()) {
      throw new Fault.Conflict(
          "Unable to " + verb + " workspace. The workspace is locked by Run " + lock.id() + ".");
    }
    return lock;
  }

  private Workspace held(Handle db, WorkspaceAccess rights) {
    return store.findForUpdate(db, rights.key()).orElseThrow(Fault.NotFound::new);
  }

  private Visible opened(Handle db, WorkspaceAccess rights, String message) {
    Visible visible = changed(db, rights, null, message);
    unlocked.unlocked(db, rights.key());
    return new Visible(store.find(db, rights.key()).orElse(visible.workspace()), rights);
  }

  private Visible changed(
      Handle db, WorkspaceAccess rights, Workspace.@Nullable Lock lock, String message) {
    store.setLock(db, rights.key(), lock, clock.instant());
    log.atInfo().addKeyValue("workspace_id", rights.id()).log(message);
    return new Visible(store.find(db, rights.key()).orElseThrow(), rights);
  }
}
