package io.terrarium.core.team;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamWorkspaceId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// What teams may do in single workspaces.
public final class TeamWorkspaces {
  private final Database database;
  private final Access access;
  private final Ids ids;
  private final TeamWorkspaceStore store = new TeamWorkspaceStore();

  public TeamWorkspaces(Database database, Access access, Ids ids) {
    this.database = database;
    this.access = access;
    this.ids = ids;
  }

  /// A level, and what is chosen with [TeamWorkspace.Level#CUSTOM].
  public record Wish(TeamWorkspace.Level access, UnaryOperator<WorkspacePermissions> custom) {
    WorkspacePermissions over(WorkspacePermissions before) {
      WorkspacePermissions chosen = custom.apply(access.permissions().orElse(before));
      access.permissions().ifPresent(fixed -> FixedLevel.check(access, "", fixed, chosen));
      return chosen;
    }
  }

  public Paged<TeamWorkspace> list(
      Principal caller, WorkspaceId workspace, Optional<TeamId> team, Page page) {
    return database.read(db -> store.list(db, managed(db, caller, workspace).key(), team, page));
  }

  public TeamWorkspace find(Principal caller, TeamWorkspaceId id) {
    return database.read(db -> found(db, caller, id));
  }

  public TeamWorkspace create(Principal caller, TeamId team, WorkspaceId workspace, Wish wish) {
    return database.inTransaction(db -> {
      WorkspaceAccess in = managed(db, caller, workspace);
      TeamAccess who = GivenTeam.of(access, db, caller, team, in.organizationKey());
      TeamWorkspaceId id = new TeamWorkspaceId(ids.next(TeamWorkspaceId.PREFIX));
      WorkspacePermissions permissions = wish.over(WorkspacePermissions.LEAST);
      if (!store.insert(db, id, who.key(), in.key(), wish.access(), permissions)) {
        throw GivenTeam.problem("Team has access to the workspace already: change that one");
      }
      return store.find(db, id).orElseThrow();
    });
  }

  public TeamWorkspace update(
      Principal caller,
      TeamWorkspaceId id,
      Optional<TeamWorkspace.Level> level,
      UnaryOperator<WorkspacePermissions> custom) {
    return database.inTransaction(db -> {
      TeamWorkspace before = found(db, caller, id);
      Wish wish = new Wish(level.orElse(before.access()), custom);
      store.update(db, before.key(), wish.access(), wish.over(before.permissions()));
      return store.find(db, id).orElseThrow();
    });
  }

  public void delete(Principal caller, TeamWorkspaceId id) {
    database.useTransaction(db -> store.delete(db, found(db, caller, id).key()));
  }

  private TeamWorkspace found(Handle db, Principal caller, TeamWorkspaceId id) {
    TeamWorkspace found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    managed(db, caller, found.workspace());
    return found;
  }

  private WorkspaceAccess managed(Handle db, Principal caller, WorkspaceId workspace) {
    return access.workspace(db, caller, workspace).require(WorkspaceRight.MANAGE_TEAM_ACCESS);
  }
}
