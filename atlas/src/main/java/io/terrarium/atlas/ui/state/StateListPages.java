package io.terrarium.atlas.ui.state;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.stateversion.StateDifference;
import io.terrarium.core.stateversion.StateDifferences;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.core.stateversion.VisibleState;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Optional;

/// The states of a workspace, the newest first, and what is other between two of them.
final class StateListPages {
  private final Pages pages;
  private final StateSite site;
  private final StateVersions versions;
  private final StateDifferences differences;

  StateListPages(
      Pages pages, StateSite site, StateVersions versions, StateDifferences differences) {
    this.pages = pages;
    this.site = site;
    this.versions = versions;
    this.differences = differences;
  }

  void mount(Api api) {
    api.get(StateSite.LIST, this::list);
    api.get(StateSite.LIST + "/compare", this::compare);
  }

  private Reply list(Call call) {
    Workspace workspace = site.workspace(call).workspace();
    Paged<StateVersion> found =
        versions
            .list(
                call.get(Principal.class),
                workspace.owner().organizationName(),
                workspace.settings().name(),
                List.of(),
                Page.of(call))
            .map(VisibleState::version);
    StateListView view =
        new StateListView(
            StateSite.workspacePath(call),
            found,
            site.writers(call, found.items()),
            Optional.ofNullable(workspace.related().currentStateVersion()));
    return pages.page(
        call,
        "States of " + workspace.settings().name(),
        StateSite.place(call),
        "state/list",
        view);
  }

  private Reply compare(Call call) {
    Visible workspace = site.workspace(call);
    StateVersion one = asked(call, workspace, "from");
    StateVersion other = asked(call, workspace, "to");
    // Whichever was named first, what came later is what it was changed to.
    StateVersion before = one.key() <= other.key() ? one : other;
    StateVersion after = one.key() <= other.key() ? other : one;
    String path = StateSite.path(call);
    StateChangesView view;
    try {
      StateDifference difference =
          differences.between(call.get(Principal.class), before.id(), after.id());
      view = new StateChangesView(path, before, after, Optional.of(difference), "");
    } catch (Fault.Conflict conflict) {
      view =
          new StateChangesView(
              path, before, after, Optional.empty(), conflict.problems().getFirst().detail());
    }
    return pages.page(
        call,
        "Changes of state",
        StateSite.place(call, new Crumb("States", path)),
        "state/changes",
        view);
  }

  private StateVersion asked(Call call, Visible workspace, String name) {
    StateVersionId id =
        call.query(name)
            .map(StateVersionId::new)
            .orElseThrow(
                () -> new Fault.BadRequest("Choose the two states that shall be compared."));
    return site.state(call, workspace, id).version();
  }
}
