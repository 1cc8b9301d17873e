package io.terrarium.atlas.ui.run;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.RunFilter;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The runs of a workspace, the newest first.
public final class RunListPages {
  private static final String LIST = NamedWorkspace.ROUTE + "/runs";

  private final Pages pages;
  private final Workspaces workspaces;
  private final Runs runs;

  public RunListPages(Pages pages, Workspaces workspaces, Runs runs) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.runs = runs;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
  }

  /// @param workspace whose runs they are
  /// @param path of the page
  /// @param search an id, a part of a message or of a name
  /// @param mayStart whether the reader may start one
  public record View(
      WorkspaceId workspace,
      String path,
      String search,
      boolean mayStart,
      Paged<VisibleRun> found) {
    public String query() {
      return "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    }
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    Visible visible = NamedWorkspace.find(workspaces, call);
    Workspace workspace = visible.workspace();
    String search = call.query("search").orElse("").strip();
    View view =
        new View(
            workspace.id(),
            call.path(),
            search,
            NamedWorkspace.offersRun(visible),
            runs.list(caller, workspace.id(), filter(search), Page.of(call)));
    if (call.header("HX-Request").isPresent()) {
      return pages.piece("run/rows", view);
    }
    return pages.page(
        call,
        "Runs of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, "runs"),
        "run/list",
        view);
  }

  /// Plans that are never applied are of interest here too.
  private static RunFilter filter(String search) {
    return new RunFilter(
        List.of(),
        Optional.empty(),
        List.of(
            "plan_and_apply", "plan_only", "refresh_only", "destroy", "empty_apply", "save_plan"),
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(search).filter(text -> !text.isEmpty()));
  }
}
