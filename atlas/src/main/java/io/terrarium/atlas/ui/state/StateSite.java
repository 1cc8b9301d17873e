package io.terrarium.atlas.ui.state;

import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.atlas.ui.workspace.WorkspacePages;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.core.stateversion.VisibleState;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the pages of states have in common: the workspace of the address, its states, and who has
/// written them.
final class StateSite {
  static final String LIST = "/app/:organization_name/workspaces/:workspace_name/states";

  private final Workspaces workspaces;
  private final StateVersions versions;
  private final Users users;

  StateSite(Workspaces workspaces, StateVersions versions, Users users) {
    this.workspaces = workspaces;
    this.versions = versions;
    this.users = users;
  }

  /// The workspace, if the caller may read its states.
  Visible workspace(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.READ_STATE);
    return found;
  }

  /// A state is there below its own workspace alone.
  VisibleState state(Call call, Visible workspace, StateVersionId id) {
    VisibleState found = versions.find(call.get(Principal.class), id);
    if (!found.version().workspaceId().equals(workspace.workspace().id())) {
      throw new Fault.NotFound();
    }
    return found;
  }

  /// Names of those who have written the states, as far as the caller may know them.
  Map<UserId, String> writers(Call call, List<StateVersion> states) {
    List<UserId> ids =
        states.stream().map(StateVersion::createdBy).filter(Objects::nonNull).distinct().toList();
    return users.findAll(call.get(Principal.class), ids).stream()
        .collect(Collectors.toMap(User::id, User::username));
  }

  /// The page of the workspace, without a slash at its end.
  static String workspacePath(Call call) {
    return WorkspacePages.path(call.path("organization_name"), call.path("workspace_name"));
  }

  static String path(Call call) {
    return workspacePath(call) + "/states";
  }

  static Place place(Call call, Crumb... below) {
    Place place =
        WorkspacePages.place(call.path("organization_name"), call.path("workspace_name"), "states");
    return new Place(
        place.area(),
        place.organization(),
        place.section(),
        Stream.concat(place.crumbs().stream(), Stream.of(below)).toList(),
        place.tab());
  }
}
