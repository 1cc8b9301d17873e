package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.api.workspace.WorkspaceRequests;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// Destroys what a workspace manages, and deletes the workspace itself for those who type its name.
public final class WorkspaceDeletionPages {
  private static final String ONE = NamedWorkspace.ROUTE;
  private static final String PAGE = "/settings/delete";

  private final Pages pages;
  private final Workspaces workspaces;

  public WorkspaceDeletionPages(Pages pages, Workspaces workspaces) {
    this.pages = pages;
    this.workspaces = workspaces;
  }

  public void mount(Api api) {
    api.get(ONE + PAGE, call -> page(call, 200, found(call), Problems.NONE));
    api.post(ONE + PAGE, this::allow);
    api.post(ONE + "/safe-delete", call -> delete(call, workspaces::safeDelete));
    api.post(ONE + "/delete", call -> delete(call, workspaces::delete));
  }

  /// What the reader may do.
  public record View(
      Workspace workspace,
      SettingsFrame frame,
      boolean mayUpdate,
      boolean mayQueue,
      boolean mayDelete,
      Problems problems) {}

  /// Who may do none of it has no such page.
  private Visible found(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    return found.access().allows(WorkspaceRight.UPDATE_SETTINGS)
        ? found
        : new Visible(found.workspace(), found.access().require(WorkspaceRight.DESTROY));
  }

  private Reply allow(Call call) {
    Visible found = found(call);
    boolean allows = call.get(Form.class).isOn("allow-destroy-plan");
    workspaces.update(
        call.get(Principal.class),
        new Address.ById(found.workspace().id()),
        WorkspaceRequests.changes(call.get(Form.class).resource(), false));
    return pages.done(
        NamedWorkspace.path(found.workspace()) + PAGE,
        allows ? "Destroy plans are allowed." : "Destroy plans are not allowed any more.");
  }

  private interface Deletion {
    void take(Principal caller, Address address);
  }

  private Reply delete(Call call, Deletion deletion) {
    Visible found = found(call);
    Workspace workspace = found.workspace();
    String name = workspace.settings().name();
    if (!call.get(Form.class).text("confirmation").equals(name)) {
      return page(
          call,
          422,
          found,
          Problems.of(
              new Fault.Invalid(
                  "confirmation", "Type the name of the workspace, which is " + name)));
    }
    try {
      deletion.take(call.get(Principal.class), new Address.ById(workspace.id()));
      return pages.done(
          "/app/" + workspace.owner().organizationName() + "/workspaces",
          "The workspace " + name + " was deleted.");
    } catch (Fault.Conflict conflict) {
      return page(call, 409, found, Problems.of(conflict));
    }
  }

  private Reply page(Call call, int status, Visible found, Problems problems) {
    Workspace workspace = found.workspace();
    View view =
        new View(
            workspace,
            SettingsFrame.of(found, "delete"),
            found.access().allows(WorkspaceRight.UPDATE_SETTINGS),
            NamedWorkspace.offersRun(found),
            found.access().allows(WorkspaceRight.DESTROY),
            problems);
    return pages.page(
        call,
        status,
        "Destruction and deletion of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, WorkspaceSettingsPages.TAB),
        "workspace/delete",
        view);
  }
}
