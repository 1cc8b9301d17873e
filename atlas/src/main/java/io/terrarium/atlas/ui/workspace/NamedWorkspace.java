package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.workspace.ExecutionMode;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.http.Call;

/// The workspace that the address of a page names; its page offers what the reader may do there.
public final class NamedWorkspace {
  public static final String ROUTE = "/app/:organization_name/workspaces/:workspace_name";

  private NamedWorkspace() {}

  public static Visible find(Workspaces workspaces, Call call) {
    Visible found =
        workspaces.find(
            call.get(Principal.class),
            new Address.ByName(call.path("organization_name"), call.path("workspace_name")));
    call.put(WorkspaceAccess.class, found.access());
    return found;
  }

  /// The address of its page.
  public static String path(Workspace workspace) {
    return WorkspacePages.path(workspace.owner().organizationName(), workspace.settings().name());
  }

  /// @param tab the word of the marked tab
  public static Place place(Workspace workspace, String tab) {
    return WorkspacePages.place(
        workspace.owner().organizationName(), workspace.settings().name(), tab);
  }

  /// Whether the reader may start a run here.
  public static boolean offersRun(Visible found) {
    return found.access().allows(WorkspaceRight.QUEUE_RUN)
        && found.workspace().executionMode() == ExecutionMode.REMOTE;
  }
}
