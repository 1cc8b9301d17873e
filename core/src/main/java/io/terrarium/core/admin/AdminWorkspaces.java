package io.terrarium.core.admin;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;

/// What site admins do with workspaces.
public final class AdminWorkspaces {
  private final Database database;
  private final Workspaces workspaces;
  private final AdminWorkspaceStore store = new AdminWorkspaceStore();

  AdminWorkspaces(Database database, Workspaces workspaces) {
    this.database = database;
    this.workspaces = workspaces;
  }

  public Counted<AdminWorkspace> list(Principal caller, AdminWorkspaceFilter filter, Page page) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> new Counted<>(store.list(db, filter, page), store.statusCounts(db)));
  }

  public AdminWorkspace find(Principal caller, WorkspaceId id) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.find(db, id).orElseThrow(Fault.NotFound::new));
  }

  public List<AdminWorkspace> findAll(Principal caller, List<WorkspaceId> ids) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.findAll(db, ids));
  }

  public void delete(Principal caller, WorkspaceId id) {
    workspaces.deleteAny(caller, id);
  }
}
