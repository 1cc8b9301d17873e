package io.terrarium.atlas.ui.state;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.state.StateView.Way;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.account.Users;
import io.terrarium.core.session.Session;
import io.terrarium.core.stateversion.StateDifferences;
import io.terrarium.core.stateversion.StateObjects;
import io.terrarium.core.stateversion.StateOutput;
import io.terrarium.core.stateversion.StateUploads;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.core.stateversion.VisibleState;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceLocks;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One state: what stands in it, its file, and the way back to it.
public final class StatePages {
  private static final String ONE = StateSite.LIST + "/:state_version_id";

  private final Pages pages;
  private final Parts parts;
  private final StateSite site;

  public StatePages(Pages pages, Parts parts) {
    this.pages = pages;
    this.parts = parts;
    site = new StateSite(parts.workspaces(), parts.versions(), parts.users());
  }

  /// What the pages show and do.
  public record Parts(
      Workspaces workspaces,
      WorkspaceLocks locks,
      StateVersions versions,
      StateUploads uploads,
      StateObjects objects,
      Users users) {}

  public void mount(Api api) {
    StateDifferences differences = new StateDifferences(parts.versions(), parts.objects());
    new StateListPages(pages, site, parts.versions(), differences).mount(api);
    api.get(ONE, this::show);
    api.get(ONE + "/download", call -> download(call, StateVersion::object));
    api.get(ONE + "/json", call -> download(call, StateVersion::jsonObject));
    api.post(ONE + "/rollback", this::rollBack);
  }

  private Reply show(Call call) {
    Visible workspace = site.workspace(call);
    VisibleState found = site.state(call, workspace, id(call));
    StateVersion version = found.version();
    UserId by = version.createdBy();
    StateView view =
        new StateView(
            StateSite.workspacePath(call),
            version,
            by == null ? "" : site.writers(call, List.of(version)).getOrDefault(by, ""),
            outputs(call, found),
            way(call, workspace, version),
            call.get(Session.class).formToken().value());
    return pages.page(
        call,
        "State with serial " + version.serial(),
        StateSite.place(call, new Crumb("States", StateSite.path(call))),
        "state/show",
        view);
  }

  private List<StateOutput> outputs(Call call, VisibleState found) {
    return found.access().allows(WorkspaceRight.READ_STATE_OUTPUTS)
        ? parts.versions().outputs(call.get(Principal.class), found.version().id())
        : List.of();
  }

  private static Way way(Call call, Visible workspace, StateVersion version) {
    Workspace.Lock lock = workspace.workspace().lock();
    boolean isCurrent = version.id().equals(workspace.workspace().related().currentStateVersion());
    if (isCurrent
        || !StateListView.isComparable(version)
        || !workspace.access().allows(WorkspaceRight.WRITE_STATE)) {
      return Way.NONE;
    }
    if (lock == null) {
      return workspace.access().allows(WorkspaceRight.LOCK) ? Way.FREE : Way.NONE;
    }
    return WorkspaceLocks.isHolder(call.get(Principal.class), lock) ? Way.HELD : Way.TAKEN;
  }

  private interface FileOf {
    @Nullable String of(StateVersion version);
  }

  /// By an address that was signed just now, for who may read it now.
  private Reply download(Call call, FileOf file) {
    StateVersion version = site.state(call, site.workspace(call), id(call)).version();
    String object =
        Optional.of(version)
            .filter(StateListView::isComparable)
            .map(file::of)
            .orElseThrow(Fault.NotFound::new);
    return Reply.redirect(303, parts.objects().read(object)).with("Cache-Control", "no-store");
  }

  /// Who does not hold the workspace yet holds it meanwhile.
  private Reply rollBack(Call call) {
    Principal caller = call.get(Principal.class);
    Visible workspace = site.workspace(call);
    workspace.access().require(WorkspaceRight.WRITE_STATE);
    StateVersion to = site.state(call, workspace, id(call)).version();
    WorkspaceId id = workspace.workspace().id();
    StateVersion made =
        workspace.workspace().isLocked()
            ? parts.uploads().rollBack(caller, id, to.id())
            : lockedMeanwhile(caller, id, to);
    call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
    return pages.done(
        StateSite.path(call) + "/" + made.id(),
        "The workspace has the state of serial "
            + to.serial()
            + " again, as serial "
            + made.serial()
            + ". What it manages is as it was: plan, to see what is other.");
  }

  private StateVersion lockedMeanwhile(Principal caller, WorkspaceId id, StateVersion to) {
    parts
        .locks()
        .lock(caller, id, Optional.of("Rolling back to the state of serial " + to.serial()));
    try {
      return parts.uploads().rollBack(caller, id, to.id());
    } finally {
      parts.locks().unlock(caller, id);
    }
  }

  private static StateVersionId id(Call call) {
    return call.path("state_version_id", StateVersionId::new);
  }
}
