package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variableset.VariableSetLinkStore.Kind;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What variable sets are applied to: workspaces one by one, and all that are in a project.
public final class VariableSetLinks {
  private final Database database;
  private final VariableSetAccess sets;
  private final VariableSetLinkStore store = new VariableSetLinkStore();

  public VariableSetLinks(Database database, VariableSetAccess sets) {
    this.database = database;
    this.sets = sets;
  }

  public void addWorkspaces(Principal caller, VariableSetId id, List<WorkspaceId> workspaces) {
    change(caller, id, Kind.WORKSPACE, values(workspaces), Change.ADD);
  }

  public void removeWorkspaces(Principal caller, VariableSetId id, List<WorkspaceId> workspaces) {
    change(caller, id, Kind.WORKSPACE, values(workspaces), Change.REMOVE);
  }

  public void addProjects(Principal caller, VariableSetId id, List<ProjectId> projects) {
    change(caller, id, Kind.PROJECT, projectValues(projects), Change.ADD);
  }

  public void removeProjects(Principal caller, VariableSetId id, List<ProjectId> projects) {
    change(caller, id, Kind.PROJECT, projectValues(projects), Change.REMOVE);
  }

  private enum Change {
    ADD,
    REMOVE
  }

  private void change(
      Principal caller, VariableSetId id, Kind kind, List<String> named, Change change) {
    database.useTransaction(db -> {
      VariableSet set = sets.findLocked(db, caller, id);
      if (set.settings().global()) {
        throw new Fault.Invalid(
            List.of(
                new Fault.Problem(
                    "A global variable set reaches all workspaces: make it not global first",
                    null)));
      }
      switch (change) {
        case ADD ->
            store.add(
                db, kind, set.key(), keys(db, set, set.owner().projectId(), kind, named, "/data"));
        // Also what has moved out of the project that owns the set.
        case REMOVE -> store.remove(db, kind, set.key(), keys(db, set, null, kind, named, "/data"));
      }
      sets.written(db, set.key());
    });
  }

  void replaceWorkspaces(Handle db, VariableSet set, List<WorkspaceId> workspaces) {
    replace(db, set, Kind.WORKSPACE, values(workspaces), "/data/relationships/workspaces/data");
  }

  void replaceProjects(Handle db, VariableSet set, List<ProjectId> projects) {
    replace(db, set, Kind.PROJECT, projectValues(projects), "/data/relationships/projects/data");
  }

  private void replace(Handle db, VariableSet set, Kind kind, List<String> named, String pointer) {
    Collection<Long> keys = keys(db, set, set.owner().projectId(), kind, named, pointer);
    store.removeOthers(db, kind, set.key(), keys);
    store.add(db, kind, set.key(), keys);
  }

  /// @param project in which they must be; null for the whole organization of the set
  private Collection<Long> keys(
      Handle db,
      VariableSet set,
      @Nullable ProjectId project,
      Kind kind,
      List<String> named,
      String pointer) {
    Map<String, Long> keys = store.keys(db, kind, set.owner().organizationKey(), project, named);
    String thing = kind == Kind.WORKSPACE ? "workspace " : "project ";
    String place = project == null ? " in the organization" : " in the project that owns the set";
    List<Fault.Problem> problems = new ArrayList<>();
    for (int at = 0; at < named.size(); at++) {
      if (!keys.containsKey(named.get(at))) {
        problems.add(
            new Fault.Problem(
                "There is no " + thing + named.get(at) + place, pointer + "/" + at + "/id"));
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return keys.values();
  }

  private static List<String> values(List<WorkspaceId> workspaces) {
    return workspaces.stream().map(WorkspaceId::value).toList();
  }

  private static List<String> projectValues(List<ProjectId> projects) {
    return projects.stream().map(ProjectId::value).toList();
  }
}
