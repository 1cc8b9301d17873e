package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceLocks;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Optional;

/// Who holds a workspace and why; takes it, gives it back, takes it away from others.
public final class LockPages {
  private static final String ONE = NamedWorkspace.ROUTE;
  private static final String PAGE = "/settings/lock";

  private final Pages pages;
  private final Workspaces workspaces;
  private final WorkspaceLocks locks;
  private final LockHolders holders;

  public LockPages(Pages pages, Workspaces workspaces, WorkspaceLocks locks, LockHolders holders) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.locks = locks;
    this.holders = holders;
  }

  public void mount(Api api) {
    api.get(ONE + PAGE, this::show);
    api.post(
        ONE + "/lock",
        call -> {
          Optional<String> reason = call.get(Form.class).find("reason");
          return act(
              call, (caller, id) -> locks.lock(caller, id, reason), "The workspace is locked.");
        });
    api.post(ONE + "/unlock", call -> act(call, locks::unlock, "The workspace is unlocked."));
    api.post(
        ONE + "/force-unlock",
        call -> act(call, locks::forceUnlock, "The lock was taken away, the workspace is free."));
  }

  /// What the reader may do now.
  public record View(
      SettingsFrame frame,
      Optional<LockHolder> holder,
      boolean mayLock,
      boolean mayUnlock,
      boolean mayForce) {}

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    Visible found = NamedWorkspace.find(workspaces, call);
    Workspace workspace = found.workspace();
    Optional<LockHolder> holder = holders.of(caller, workspace);
    boolean isByPeople = holder.filter(one -> !one.isRun()).isPresent();
    boolean isOwn = holder.filter(LockHolder::isReader).isPresent();
    boolean mayLock = found.access().allows(WorkspaceRight.LOCK);
    View view =
        new View(
            SettingsFrame.of(found, "lock"),
            holder,
            mayLock && holder.isEmpty(),
            mayLock && isOwn,
            found.access().allows(WorkspaceRight.FORCE_UNLOCK) && isByPeople && !isOwn);
    return pages.page(
        call,
        "Locking of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, WorkspaceSettingsPages.TAB),
        "workspace/lock",
        view);
  }

  private interface Action {
    Visible take(Principal caller, WorkspaceId id);
  }

  private Reply act(Call call, Action action, String done) {
    Visible found = NamedWorkspace.find(workspaces, call);
    action.take(call.get(Principal.class), found.workspace().id());
    return pages.done(NamedWorkspace.path(found.workspace()) + PAGE, done);
  }
}
