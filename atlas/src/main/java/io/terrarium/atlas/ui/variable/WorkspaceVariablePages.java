package io.terrarium.atlas.ui.variable;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.assembly.VariableModule;
import io.terrarium.core.variable.Variable;
import io.terrarium.core.variable.Variable.Category;
import io.terrarium.core.variable.VariableOwner;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.variableset.VariableSetFilter;
import io.terrarium.core.variableset.VariableSetScope;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The variables of a workspace, and those that it gets of sets.
public final class WorkspaceVariablePages {
  private static final String TAB = "variables";

  private final Pages pages;
  private final Workspaces workspaces;
  private final VariableModule variables;

  public WorkspaceVariablePages(Pages pages, Workspaces workspaces, VariableModule variables) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.variables = variables;
  }

  public void mount(Api api) {
    api.get(NamedWorkspace.ROUTE + "/variables", this::list);
    new VariableForms(pages, variables.variables(), this::home).mount(api, NamedWorkspace.ROUTE);
  }

  /// A set that reaches the workspace.
  public record Reaching(VariableSet set, List<Variable.InContext> variables) {}

  /// @param isReadable whether the reader may see variables here at all
  /// @param overwritten those of the workspace that a set with priority wins over
  public record View(
      String organization,
      String path,
      boolean isReadable,
      boolean mayWrite,
      List<Variable.Shown> own,
      Set<VariableId> overwritten,
      Paged<Reaching> sets) {
    public List<Variable.Shown> of(Category category) {
      return own.stream()
          .filter(shown -> shown.variable().definition().category() == category)
          .toList();
    }
  }

  private Reply list(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    Workspace workspace = found.workspace();
    return pages.page(
        call,
        "Variables of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, TAB),
        "variable/list",
        found.access().allows(WorkspaceRight.READ_VARIABLES)
            ? view(call, found)
            : new View(
                workspace.owner().organizationName(),
                NamedWorkspace.path(workspace),
                false,
                false,
                List.of(),
                Set.of(),
                new Paged<>(List.of(), Page.of(call), 0)));
  }

  private View view(Call call, Visible found) {
    Principal caller = call.get(Principal.class);
    Workspace workspace = found.workspace();
    Paged<Reaching> sets =
        variables
            .sets()
            .list(
                caller,
                workspace.id(),
                VariableSetScope.APPLIED_TO_WORKSPACE,
                new VariableSetFilter(Optional.empty(), Optional.empty()),
                Page.of(call))
            .map(VariableSet.Visible::set)
            .map(set ->
                new Reaching(set, variables.inForce().listOfSet(caller, workspace.id(), set.id())));
    Set<VariableId> overwritten =
        sets.items().stream()
            .flatMap(reaching -> reaching.variables().stream())
            .flatMap(variable -> variable.overwritten().stream())
            .collect(Collectors.toSet());
    return new View(
        workspace.owner().organizationName(),
        NamedWorkspace.path(workspace),
        true,
        found.access().allows(WorkspaceRight.WRITE_VARIABLES),
        variables.variables().list(caller, new VariableOwner.OfWorkspace(workspace.id())),
        overwritten,
        sets);
  }

  private VariableForms.Home home(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.WRITE_VARIABLES);
    Workspace workspace = found.workspace();
    return new VariableForms.Home(
        new VariableOwner.OfWorkspace(workspace.id()),
        NamedWorkspace.path(workspace) + "/variables",
        NamedWorkspace.place(workspace, TAB));
  }
}
