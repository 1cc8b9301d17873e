package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.api.workspace.WorkspaceRequests;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectFilter;
import io.terrarium.core.project.ProjectView;
import io.terrarium.core.project.Projects;
import io.terrarium.core.workspace.ExecutionMode;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceSettings;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What people set of a workspace, but the repository that it follows. Whoever sees the workspace
/// sees it; who may not change it finds nothing to press.
public final class WorkspaceSettingsPages {
  /// The word of the tab under which settings are.
  public static final String TAB = "settings";

  private static final String GENERAL = NamedWorkspace.ROUTE + "/settings/general";
  private static final String PROJECT = "relationships.project";

  private final Pages pages;
  private final Workspaces workspaces;
  private final Projects projects;

  public WorkspaceSettingsPages(Pages pages, Workspaces workspaces, Projects projects) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.projects = projects;
  }

  public void mount(Api api) {
    api.get(NamedWorkspace.ROUTE + "/settings", this::lead);
    api.get(GENERAL, this::show);
    api.post(GENERAL, this::update);
  }

  /// @param projects into which the workspace may be put, and the one that it is in
  public record View(
      Workspace workspace,
      SettingsFrame frame,
      List<Project> projects,
      boolean mayUpdate,
      Form form,
      Problems problems) {}

  private Reply lead(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    return Reply.redirect(303, NamedWorkspace.path(found.workspace()) + "/settings/general");
  }

  private Reply show(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    return page(call, 200, found, filled(found.workspace()), Problems.NONE);
  }

  private Reply update(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    Form form = call.get(Form.class);
    try {
      Visible changed =
          workspaces.update(
              call.get(Principal.class),
              new Address.ById(found.workspace().id()),
              WorkspaceRequests.changes(settled(form).resource(), false));
      return pages.done(
          NamedWorkspace.path(changed.workspace()) + "/settings/general",
          "The settings are saved.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, form, Problems.of(invalid));
    }
  }

  /// Nothing chosen is the mode that project or organization have.
  private static Form settled(Form form) {
    return form.text("execution-mode").isEmpty()
        ? form.without("execution-mode").with("setting-overwrites.execution-mode", "false")
        : form;
  }

  private static Form filled(Workspace workspace) {
    WorkspaceSettings settings = workspace.settings();
    ExecutionMode mode = settings.executionMode();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", settings.name());
    texts.put("description", settings.description() == null ? "" : settings.description());
    texts.put(PROJECT, workspace.owner().projectId().value());
    texts.put("execution-mode", mode == null ? "" : mode.wire());
    texts.put("terraform-version", settings.terraformVersion());
    texts.put("working-directory", settings.workingDirectory());
    texts.put("auto-apply", Boolean.toString(settings.autoApply()));
    texts.put("auto-apply-run-trigger", Boolean.toString(settings.autoApplyRunTrigger()));
    texts.put("global-remote-state", Boolean.toString(settings.globalRemoteState()));
    texts.put(
        "structured-run-output-enabled", Boolean.toString(settings.structuredRunOutputEnabled()));
    return Form.showing(texts);
  }

  private Reply page(Call call, int status, Visible found, Form form, Problems problems) {
    Workspace workspace = found.workspace();
    View view =
        new View(
            workspace,
            SettingsFrame.of(found, "general"),
            choices(call.get(Principal.class), workspace),
            found.access().allows(WorkspaceRight.UPDATE_SETTINGS),
            form,
            problems);
    return pages.page(
        call,
        status,
        "Settings of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, TAB),
        "workspace/general",
        view);
  }

  private List<Project> choices(Principal caller, Workspace workspace) {
    ProjectId current = workspace.owner().projectId();
    ProjectFilter filter =
        new ProjectFilter(List.of(), "", Set.of(ProjectRight.MOVE_WORKSPACE), false);
    List<Project> choices = new ArrayList<>();
    Paged.all(page -> projects.list(caller, workspace.owner().organizationName(), filter, page))
        .forEach(found -> choices.add(found.project()));
    if (choices.stream().noneMatch(project -> project.id().equals(current))) {
      projects.findAll(caller, List.of(current)).stream()
          .map(ProjectView::project)
          .forEach(choices::addFirst);
    }
    return choices;
  }
}
