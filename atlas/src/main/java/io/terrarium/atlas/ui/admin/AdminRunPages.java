package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminRun;
import io.terrarium.core.admin.AdminRunFilter;
import io.terrarium.core.admin.AdminRuns;
import io.terrarium.core.admin.AdminWorkspace;
import io.terrarium.core.admin.AdminWorkspaces;
import io.terrarium.core.admin.Counted;
import io.terrarium.core.run.RunStatus;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All runs, which site admins may end.
public final class AdminRunPages {
  private static final String SECTION = "runs";
  private static final String LIST = AdminPlace.ROOT + SECTION;

  private final Pages pages;
  private final AdminRuns runs;
  private final AdminWorkspaces workspaces;

  public AdminRunPages(Pages pages, AdminRuns runs, AdminWorkspaces workspaces) {
    this.pages = pages;
    this.runs = runs;
    this.workspaces = workspaces;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.post(LIST + "/:run_id/force-cancel", this::forceCancel);
  }

  /// @param workspace the name of its workspace
  public record Row(AdminRun run, RunStatus status, String workspace) {
    /// Whether there is something left to end.
    public boolean isOpen() {
      return !status.isFinal();
    }
  }

  /// @param status that is asked for, or ""
  public record View(Paged<Row> found, Map<String, Long> counts, String search, String status) {
    public String query() {
      return AdminPlace.query(Map.of("search", search, "status", status));
    }

    public List<RunStatus> statuses() {
      return List.of(RunStatus.values());
    }
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    String search = AdminPlace.asked(call, "search");
    String status = AdminPlace.asked(call, "status");
    Counted<AdminRun> found =
        runs.list(
            caller,
            new AdminRunFilter(
                AdminPlace.narrowed(search),
                AdminPlace.narrowed(status).stream().toList(),
                Optional.empty(),
                Optional.empty()),
            Page.of(call));
    Map<WorkspaceId, String> names = names(caller, found.page().items());
    View view =
        new View(
            found
                .page()
                .map(run ->
                    new Row(run, status(run.status()), names.getOrDefault(run.workspace(), ""))),
            found.statusCounts(),
            search,
            status);
    return pages.page(call, "Runs of the site", AdminPlace.of(SECTION), "admin/runs", view);
  }

  private Map<WorkspaceId, String> names(Principal caller, List<AdminRun> found) {
    List<WorkspaceId> ids = found.stream().map(AdminRun::workspace).distinct().toList();
    return workspaces.findAll(caller, ids).stream()
        .collect(Collectors.toMap(AdminWorkspace::id, AdminWorkspace::name));
  }

  static RunStatus status(String wire) {
    return Stream.of(RunStatus.values())
        .filter(status -> status.wire().equals(wire))
        .findFirst()
        .orElseThrow();
  }

  private Reply forceCancel(Call call) {
    AdminRun ended =
        runs.forceCancel(
            call.get(Principal.class),
            call.path("run_id", RunId::new),
            call.get(Form.class).find("comment"));
    return pages.done(LIST, "The run " + ended.id() + " is ended.");
  }
}
