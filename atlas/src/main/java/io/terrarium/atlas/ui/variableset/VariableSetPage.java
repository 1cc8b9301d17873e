package io.terrarium.atlas.ui.variableset;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.variable.VariableForms;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.assembly.VariableModule;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectFilter;
import io.terrarium.core.project.ProjectView;
import io.terrarium.core.project.Projects;
import io.terrarium.core.variable.Variable;
import io.terrarium.core.variable.Variable.Category;
import io.terrarium.core.variable.VariableOwner;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Set;

/// One variable set: its variables, and the projects and workspaces that it reaches.
public final class VariableSetPage {
  private static final String ONE = NamedSet.ONE;
  private static final String WORKSPACE = "workspace";
  private static final String PROJECT = "project";

  private final Pages pages;
  private final VariableModule variables;
  private final Workspaces workspaces;
  private final Projects projects;

  public VariableSetPage(
      Pages pages, VariableModule variables, Workspaces workspaces, Projects projects) {
    this.pages = pages;
    this.variables = variables;
    this.workspaces = workspaces;
    this.projects = projects;
  }

  public void mount(Api api) {
    api.get(ONE, this::show);
    api.post(
        ONE + "/add-workspaces",
        call ->
            change(
                call,
                (caller, set) ->
                    variables
                        .setLinks()
                        .addWorkspaces(caller, set.id(), List.of(workspace(call, set)))));
    api.post(
        ONE + "/remove-workspaces",
        call ->
            change(
                call,
                (caller, set) ->
                    variables
                        .setLinks()
                        .removeWorkspaces(
                            caller, set.id(), List.of(new WorkspaceId(text(call, WORKSPACE))))));
    api.post(
        ONE + "/add-projects",
        call ->
            change(
                call,
                (caller, set) ->
                    variables.setLinks().addProjects(caller, set.id(), project(call))));
    api.post(
        ONE + "/remove-projects",
        call ->
            change(
                call,
                (caller, set) ->
                    variables.setLinks().removeProjects(caller, set.id(), project(call))));
    new VariableForms(pages, variables.variables(), this::home).mount(api, ONE);
  }

  /// @param owner the name of the project that owns it, or ""
  /// @param others projects that it could reach as well
  public record View(
      VariableSet set,
      String path,
      boolean mayChange,
      List<Variable.Shown> variables,
      String owner,
      List<Workspace> workspaces,
      List<Project> projects,
      List<Project> others,
      String typed,
      Problems problems) {
    public List<Variable.Shown> of(Category category) {
      return variables.stream()
          .filter(shown -> shown.variable().definition().category() == category)
          .toList();
    }
  }

  private VariableForms.Home home(Call call) {
    VariableSet set = NamedSet.changeable(variables.sets(), call);
    return new VariableForms.Home(
        new VariableOwner.OfSet(set.id()), NamedSet.path(set), NamedSet.below(set));
  }

  private Reply show(Call call) {
    return page(call, 200, NamedSet.find(variables.sets(), call), "", Problems.NONE);
  }

  private interface Change {
    void of(Principal caller, VariableSet set);
  }

  private Reply change(Call call, Change change) {
    VariableSet.Visible found = NamedSet.find(variables.sets(), call);
    try {
      change.of(call.get(Principal.class), found.set());
      return pages.done(NamedSet.path(found.set()) + "#reach", "What the set reaches is saved.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, text(call, WORKSPACE), Problems.of(invalid));
    }
  }

  private static String text(Call call, String name) {
    return call.get(Form.class).text(name);
  }

  private static List<ProjectId> project(Call call) {
    return List.of(new ProjectId(text(call, PROJECT)));
  }

  /// People know workspaces by their names.
  private WorkspaceId workspace(Call call, VariableSet set) {
    String name = text(call, WORKSPACE);
    try {
      return workspaces
          .find(call.get(Principal.class), new Address.ByName(set.owner().organizationName(), name))
          .workspace()
          .id();
    } catch (Fault.NotFound unknown) {
      throw new Fault.Invalid(WORKSPACE, "There is no workspace of that name");
    }
  }

  private Reply page(
      Call call, int status, VariableSet.Visible found, String typed, Problems problems) {
    Principal caller = call.get(Principal.class);
    VariableSet set = found.set();
    List<Project> reached = projects(caller, set.related().projects());
    View view =
        new View(
            set,
            NamedSet.path(set),
            found.isChangeable(),
            variables.variables().list(caller, new VariableOwner.OfSet(set.id())),
            owner(caller, set),
            workspaces.findAll(caller, set.related().workspaces()).stream()
                .map(Visible::workspace)
                .toList(),
            reached,
            found.isChangeable() ? others(caller, set) : List.of(),
            typed,
            problems);
    return pages.page(
        call,
        status,
        set.settings().name(),
        NamedSet.above(set.owner().organizationName()),
        "variableset/show",
        view);
  }

  private List<Project> projects(Principal caller, List<ProjectId> ids) {
    return projects.findAll(caller, ids).stream().map(ProjectView::project).toList();
  }

  private String owner(Principal caller, VariableSet set) {
    ProjectId owner = set.owner().projectId();
    return owner == null
        ? ""
        : projects(caller, List.of(owner)).stream()
            .map(Project::name)
            .findFirst()
            .orElse("a project");
  }

  private List<Project> others(Principal caller, VariableSet set) {
    ProjectFilter filter = new ProjectFilter(List.of(), "", Set.of(), false);
    ProjectId owner = set.owner().projectId();
    return Paged.all(page -> projects.list(caller, set.owner().organizationName(), filter, page))
        .stream()
        .map(ProjectView::project)
        .filter(project -> !set.related().projects().contains(project.id()))
        .filter(project -> owner == null || project.id().equals(owner))
        .toList();
  }
}
