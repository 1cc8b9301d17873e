package io.terrarium.core.workspace;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The workspaces whose runs may read a workspace's state, where `global-remote-state` does not let
/// all of the organization do so. What is configured stays while that is on.
public final class RemoteStateConsumers {
  private final Database database;
  private final Access access;
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final RemoteStateStore store = new RemoteStateStore();

  public RemoteStateConsumers(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  /// Those that the caller may see, by name.
  ///
  /// @param isConfiguredOnly leaves out who may read it only since all may
  public Paged<Visible> list(
      Principal caller, WorkspaceId id, boolean isConfiguredOnly, Page page) {
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, id);
      Workspace workspace = workspaces.find(db, rights.key()).orElseThrow(Fault.NotFound::new);
      boolean isGlobal = workspace.settings().globalRemoteState() && !isConfiguredOnly;
      RemoteStateStore.Source source =
          new RemoteStateStore.Source(rights.key(), rights.organizationKey(), isGlobal);
      List<Workspace> found = store.list(db, source, page);
      Map<Long, WorkspaceAccess> allowed =
          access.workspaces(db, caller, found.stream().map(Workspace::key).toList());
      List<Visible> visible =
          found.stream()
              .flatMap(one ->
                  Optional.ofNullable(allowed.get(one.key()))
                      .map(may -> new Visible(one, may))
                      .stream())
              .toList();
      return new Paged<>(visible, page, store.count(db, source));
    });
  }

  public void add(Principal caller, WorkspaceId id, List<WorkspaceId> consumers) {
    database.useTransaction(db -> {
      WorkspaceAccess rights = writable(db, caller, id);
      store.add(db, rights.key(), keys(db, rights, consumers));
    });
  }

  public void remove(Principal caller, WorkspaceId id, List<WorkspaceId> consumers) {
    database.useTransaction(db -> {
      WorkspaceAccess rights = writable(db, caller, id);
      store.remove(db, rights.key(), keys(db, rights, consumers));
    });
  }

  /// Makes exactly `consumers` the configured ones.
  public void replace(Principal caller, WorkspaceId id, List<WorkspaceId> consumers) {
    database.useTransaction(db -> {
      WorkspaceAccess rights = writable(db, caller, id);
      Collection<Long> keys = keys(db, rights, consumers);
      store.removeOthers(db, rights.key(), keys);
      store.add(db, rights.key(), keys);
    });
  }

  private WorkspaceAccess writable(Handle db, Principal caller, WorkspaceId id) {
    return access.workspace(db, caller, id).require(WorkspaceRight.UPDATE_SETTINGS);
  }

  private Collection<Long> keys(Handle db, WorkspaceAccess rights, List<WorkspaceId> consumers) {
    Map<WorkspaceId, Long> keys = store.keys(db, rights.organizationKey(), consumers);
    List<Fault.Problem> problems = new ArrayList<>();
    for (int at = 0; at < consumers.size(); at++) {
      WorkspaceId consumer = consumers.get(at);
      if (consumer.equals(rights.id())) {
        problems.add(
            new Fault.Problem("A workspace reads its own state anyway", "/data/" + at + "/id"));
      } else if (!keys.containsKey(consumer)) {
        problems.add(
            new Fault.Problem(
                "There is no workspace " + consumer + " in the organization",
                "/data/" + at + "/id"));
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return keys.values();
  }
}
