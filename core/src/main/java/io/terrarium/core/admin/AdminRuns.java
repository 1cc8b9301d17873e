package io.terrarium.core.admin;

import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.RunActions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.Optional;

/// What site admins do with runs.
public final class AdminRuns {
  private final Database database;
  private final RunActions actions;
  private final AdminRunStore store = new AdminRunStore();

  AdminRuns(Database database, RunActions actions) {
    this.database = database;
    this.actions = actions;
  }

  public Counted<AdminRun> list(Principal caller, AdminRunFilter filter, Page page) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> new Counted<>(store.list(db, filter, page), store.statusCounts(db)));
  }

  public AdminRun find(Principal caller, RunId id) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.find(db, id).orElseThrow(Fault.NotFound::new));
  }

  public List<AdminRun> findAll(Principal caller, List<RunId> ids) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.findAll(db, ids));
  }

  /// Ends it at once, whatever it is doing.
  public AdminRun forceCancel(Principal caller, RunId id, Optional<String> comment) {
    actions.forceCancelAny(caller, id, comment);
    return find(caller, id);
  }
}
