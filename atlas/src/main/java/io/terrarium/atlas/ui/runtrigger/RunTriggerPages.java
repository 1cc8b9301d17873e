package io.terrarium.atlas.ui.runtrigger;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.atlas.ui.workspace.SettingsFrame;
import io.terrarium.atlas.ui.workspace.WorkspaceSettingsPages;
import io.terrarium.contracts.id.RunTriggerId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.runtrigger.RunTrigger;
import io.terrarium.core.runtrigger.RunTrigger.Direction;
import io.terrarium.core.runtrigger.RunTriggers;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceFilter;
import io.terrarium.core.workspace.WorkspaceFilter.Sort;
import io.terrarium.core.workspace.WorkspaceFilter.Tagged;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which workspaces set off runs in one, and in which it sets off runs.
public final class RunTriggerPages {
  private static final String WORD = "run-triggers";
  private static final String LIST = NamedWorkspace.ROUTE + "/settings/" + WORD;
  private static final String SOURCE = "sourceable";
  // As many as a page of a list has at most; a source beyond them is typed.
  private static final Page ALL = new Page(1, 100);

  private final Pages pages;
  private final Workspaces workspaces;
  private final RunTriggers triggers;

  public RunTriggerPages(Pages pages, Workspaces workspaces, RunTriggers triggers) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.triggers = triggers;
  }

  public void mount(Api api) {
    api.get(LIST, this::show);
    api.post(LIST + "/new", this::create);
    api.post(LIST + "/:run_trigger_id/delete", this::delete);
  }

  /// @param suggested names of workspaces that may become sources
  /// @param inbound what sets off runs here
  /// @param outbound what is set off from here
  public record View(
      SettingsFrame frame,
      String organization,
      boolean mayUpdate,
      boolean appliesByItself,
      List<String> suggested,
      List<RunTrigger> inbound,
      Paged<RunTrigger> outbound,
      Form form,
      Problems problems) {
    /// The address of a workspace at the other end.
    public String path(RunTrigger.End end) {
      return "/app/" + organization + "/workspaces/" + end.name();
    }
  }

  private Visible found(Call call, WorkspaceRight right) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(right);
    return found;
  }

  private Reply show(Call call) {
    return page(
        call, 200, found(call, WorkspaceRight.READ_RUNS), Form.showing(Map.of()), Problems.NONE);
  }

  private Reply create(Call call) {
    Visible found = found(call, WorkspaceRight.UPDATE_SETTINGS);
    Form form = call.get(Form.class);
    try {
      RunTrigger made =
          triggers.create(
              call.get(Principal.class),
              found.workspace().id(),
              named(call, found.workspace(), form.text(SOURCE)));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          path(found.workspace()),
          "Applies in " + made.source().name() + " start runs here from now on.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, form, Problems.of(invalid));
    }
  }

  private WorkspaceId named(Call call, Workspace target, String name) {
    try {
      return workspaces
          .find(
              call.get(Principal.class),
              new Address.ByName(target.owner().organizationName(), name))
          .workspace()
          .id();
    } catch (Fault.NotFound hidden) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "There is no workspace of that name in the organization whose runs you may read",
                  "/data/relationships/" + SOURCE)));
    }
  }

  private Reply delete(Call call) {
    Visible found = found(call, WorkspaceRight.UPDATE_SETTINGS);
    Principal caller = call.get(Principal.class);
    RunTrigger gone = triggers.find(caller, call.path("run_trigger_id", RunTriggerId::new));
    if (!gone.workspace().id().equals(found.workspace().id())) {
      throw new Fault.NotFound();
    }
    triggers.delete(caller, gone.id());
    return pages.done(
        path(found.workspace()), "Applies in " + gone.source().name() + " start no runs here.");
  }

  private static String path(Workspace workspace) {
    return NamedWorkspace.path(workspace) + "/settings/" + WORD;
  }

  private Reply page(Call call, int status, Visible found, Form form, Problems problems) {
    Principal caller = call.get(Principal.class);
    Workspace workspace = found.workspace();
    boolean mayUpdate = found.access().allows(WorkspaceRight.UPDATE_SETTINGS);
    List<RunTrigger> inbound =
        triggers.list(caller, workspace.id(), Direction.INBOUND, ALL).items();
    View view =
        new View(
            SettingsFrame.of(found, WORD),
            workspace.owner().organizationName(),
            mayUpdate,
            workspace.settings().autoApplyRunTrigger(),
            mayUpdate ? suggested(caller, workspace, inbound) : List.of(),
            inbound,
            triggers.list(caller, workspace.id(), Direction.OUTBOUND, Page.of(call)),
            form,
            problems);
    return pages.page(
        call,
        status,
        "Run triggers of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, WorkspaceSettingsPages.TAB),
        "runtrigger/list",
        view);
  }

  private List<String> suggested(Principal caller, Workspace target, List<RunTrigger> inbound) {
    List<WorkspaceId> taken = inbound.stream().map(trigger -> trigger.source().id()).toList();
    WorkspaceFilter all =
        new WorkspaceFilter(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            new Tagged(List.of(), false, false),
            Sort.NAME);
    return workspaces.list(caller, target.owner().organizationName(), all, ALL).items().stream()
        .filter(visible -> visible.access().allows(WorkspaceRight.READ_RUNS))
        .map(Visible::workspace)
        .filter(one -> !one.id().equals(target.id()) && !taken.contains(one.id()))
        .map(one -> one.settings().name())
        .toList();
  }
}
