package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminRun;
import io.terrarium.core.admin.AdminRuns;
import io.terrarium.core.admin.AdminWorkspace;
import io.terrarium.core.admin.AdminWorkspaceFilter;
import io.terrarium.core.admin.AdminWorkspaceFilter.Sort;
import io.terrarium.core.admin.AdminWorkspaces;
import io.terrarium.core.run.RunStatus;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// All workspaces.
public final class AdminWorkspacePages {
  private static final String SECTION = "workspaces";
  private static final String LIST = AdminPlace.ROOT + SECTION;

  private final Pages pages;
  private final AdminWorkspaces workspaces;
  private final AdminRuns runs;

  public AdminWorkspacePages(Pages pages, AdminWorkspaces workspaces, AdminRuns runs) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.runs = runs;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.post(LIST + "/:workspace_id/delete", this::delete);
  }

  /// @param status of its current run, where it has one
  public record Row(AdminWorkspace workspace, Optional<RunStatus> status) {}

  public record View(Paged<Row> found, String search) {
    public String query() {
      return AdminPlace.query(Map.of("search", search));
    }
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    String search = AdminPlace.asked(call, "search");
    Paged<AdminWorkspace> found =
        workspaces
            .list(
                caller,
                new AdminWorkspaceFilter(AdminPlace.narrowed(search), List.of(), Sort.NAME),
                Page.of(call))
            .page();
    Map<RunId, RunStatus> statuses = statuses(caller, found.items());
    View view =
        new View(
            found.map(workspace ->
                new Row(workspace, Optional.ofNullable(workspace.currentRun()).map(statuses::get))),
            search);
    return pages.page(
        call, "Workspaces of the site", AdminPlace.of(SECTION), "admin/workspaces", view);
  }

  private Map<RunId, RunStatus> statuses(Principal caller, List<AdminWorkspace> found) {
    List<RunId> current =
        found.stream().map(AdminWorkspace::currentRun).filter(Objects::nonNull).toList();
    return runs.findAll(caller, current).stream()
        .collect(Collectors.toMap(AdminRun::id, run -> AdminRunPages.status(run.status())));
  }

  private Reply delete(Call call) {
    Principal caller = call.get(Principal.class);
    AdminWorkspace gone = workspaces.find(caller, call.path("workspace_id", WorkspaceId::new));
    workspaces.delete(caller, gone.id());
    return pages.done(
        LIST, "The workspace %s of %s is gone.".formatted(gone.name(), gone.organizationName()));
  }
}
